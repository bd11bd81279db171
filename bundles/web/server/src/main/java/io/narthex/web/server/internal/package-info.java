/**
 * The web server: listeners, TLS, users and limits in front of the servlet whiteboard. What a
 * request passes, from the outside in: connection limit, TLS, {@link
 * io.narthex.web.server.internal.Guard}, {@link io.narthex.web.server.internal.RequestMetrics},
 * route prefix, whiteboard, servlet.
 */
@NullMarked
package io.narthex.web.server.internal;

import org.jspecify.annotations.NullMarked;
