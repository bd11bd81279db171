/** Who may use the Felix web console, and the server's own pages in it. */
@NullMarked
package io.narthex.web.console.internal;

import org.jspecify.annotations.NullMarked;
