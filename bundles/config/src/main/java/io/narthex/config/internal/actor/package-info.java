/** The actors that load the configuration and load it again. */
@NullMarked
package io.narthex.config.internal.actor;

import org.jspecify.annotations.NullMarked;
