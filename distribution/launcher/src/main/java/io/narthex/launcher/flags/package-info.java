/** Every flag of the server: its name, default, checks, and the configuration it becomes. */
@NullMarked
package io.narthex.launcher.flags;

import org.jspecify.annotations.NullMarked;
