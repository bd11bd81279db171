/** A run of the server that teaches the JVM which classes to have at hand at the next start. */
@NullMarked
package io.narthex.launcher.training;

import org.jspecify.annotations.NullMarked;
