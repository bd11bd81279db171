/** Connections: the shared event loop, dialing, proxies, and errors in the reference's words. */
@NullMarked
package io.narthex.http.internal.net;

import org.jspecify.annotations.NullMarked;
