/** Runs discoverers for the sections of the configuration and gathers their targets. */
@NullMarked
package io.narthex.discovery.manager.internal;

import org.jspecify.annotations.NullMarked;
