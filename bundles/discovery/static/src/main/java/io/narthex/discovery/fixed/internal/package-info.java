/** Targets that the configuration lists. */
@NullMarked
package io.narthex.discovery.fixed.internal;

import org.jspecify.annotations.NullMarked;
