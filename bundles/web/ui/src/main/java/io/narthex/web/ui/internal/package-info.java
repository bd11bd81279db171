/** Pages for people. The server fills in what never changes; a script asks the API for the rest. */
@NullMarked
package io.narthex.web.ui.internal;

import org.jspecify.annotations.NullMarked;
