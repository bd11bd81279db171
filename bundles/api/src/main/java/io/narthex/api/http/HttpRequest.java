package io.narthex.api.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing request.
 *
 * @param headers beside those of the configuration; an Authorization header here is never replaced
 * @param body null for none
 * @param unixSocket path of a socket to connect to instead of the URI's address, or null
 */
public record HttpRequest(
    String method,
    URI uri,
    Map<String, String> headers,
    byte @Nullable [] body,
    Duration timeout,
    @Nullable String unixSocket) {

  public static HttpRequest get(URI uri, Map<String, String> headers, Duration timeout) {
    return new HttpRequest("GET", uri, headers, null, timeout, null);
  }
}
