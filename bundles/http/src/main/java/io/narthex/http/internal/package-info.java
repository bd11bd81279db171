/**
 * Clients for the HTTP client section of the configuration: redirects, headers, and whose client is
 * whose.
 */
@NullMarked
package io.narthex.http.internal;

import org.jspecify.annotations.NullMarked;
