/** Target groups as documents. */
@NullMarked
package io.narthex.discovery.groups.internal;

import org.jspecify.annotations.NullMarked;
