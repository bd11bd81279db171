/** The Gogo commands of the server. */
@NullMarked
package io.narthex.shell.internal;

import org.jspecify.annotations.NullMarked;
