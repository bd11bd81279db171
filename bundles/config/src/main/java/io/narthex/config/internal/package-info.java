/** The components of the configuration bundle, which only wire. */
@NullMarked
package io.narthex.config.internal;

import org.jspecify.annotations.NullMarked;
