package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import java.util.Locale;
import java.util.Set;

/** Headers that the server sets itself and no configuration may set. */
public final class ReservedHeaders {

  private static final Set<String> NAMES =
      Set.of(
          "authorization",
          "host",
          "content-encoding",
          "content-length",
          "content-type",
          "user-agent",
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "www-authenticate",
          "accept-encoding",
          "x-prometheus-remote-write-version",
          "x-prometheus-remote-read-version",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-content-sha256");

  private ReservedHeaders() {}

  /** Whether {@code http_headers} may not hold the name. */
  static boolean ofHttpHeaders(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return NAMES.contains(lower) || lower.equals("x-prometheus-scrape-timeout-seconds");
  }

  /**
   * Refuses reserved names among the keys of a {@code headers} section.
   *
   * @param authorization what is said about the Authorization header
   */
  public static void check(ConfigNode node, Iterable<String> names, String authorization)
      throws ConfigurationException {
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (lower.equals("authorization")) {
        throw node.error(authorization);
      }
      if (NAMES.contains(lower)) {
        throw node.error(name + " is a reserved header. It must not be changed");
      }
    }
  }
}
