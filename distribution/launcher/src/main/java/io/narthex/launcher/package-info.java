/** The command line: reads the flags, starts the framework and ends the process. */
@NullMarked
package io.narthex.launcher;

import org.jspecify.annotations.NullMarked;
