package io.narthex.http.internal.net;

import java.time.Duration;

/**
 * How long a connection may be silent where Jetty itself sets no limit.
 *
 * @param handshake for TLS, from the connected socket on
 * @param readIdle of an HTTP/2 connection before it is pinged
 * @param ping for the answer to that
 */
public record ConnectionLimits(Duration handshake, Duration readIdle, Duration ping) {
  static final ConnectionLimits DEFAULT =
      new ConnectionLimits(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(15));
}
