/** The OSGi framework in this process: its bundles, its start and its end. */
@NullMarked
package io.narthex.launcher.framework;

import org.jspecify.annotations.NullMarked;
