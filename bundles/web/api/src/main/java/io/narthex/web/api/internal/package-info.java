/**
 * Prometheus' HTTP API. {@link io.narthex.web.api.internal.ApiServlet} finds the {@link
 * io.narthex.web.api.internal.Endpoint} for a path; endpoints use the services that {@link
 * io.narthex.web.api.internal.Backends} has at that moment, any of which may be missing.
 */
@NullMarked
package io.narthex.web.api.internal;

import org.jspecify.annotations.NullMarked;
