/** Targets that a web service lists. */
@NullMarked
package io.narthex.discovery.http.internal;

import org.jspecify.annotations.NullMarked;
