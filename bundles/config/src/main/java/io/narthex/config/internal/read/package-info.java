/** The sections of the configuration file, read from nodes and checked. */
@NullMarked
package io.narthex.config.internal.read;

import org.jspecify.annotations.NullMarked;
