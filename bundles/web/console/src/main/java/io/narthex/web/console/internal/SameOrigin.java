package io.narthex.web.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells requests of the console's own pages from those that another site made a browser send, which
 * carry the user's password too.
 */
final class SameOrigin {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  private SameOrigin() {}

  /**
   * Whether a request may change something: it has an Origin or, lacking that, a Referer that is
   * the server's own.
   *
   * @param external the URL by which others reach the server, null if that is not known
   */
  static boolean allows(HttpServletRequest request, @Nullable URI external) {
    if (SAFE.contains(request.getMethod())) {
      return true;
    }
    String site = request.getHeader("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin")) {
      return false;
    }
    String from = request.getHeader("Origin");
    if (from == null) {
      from = request.getHeader("Referer");
    }
    String origin = from == null ? null : origin(from);
    String host = request.getHeader("Host");
    if (origin == null) {
      return false;
    }
    return (host != null && origin.equals(origin(request.getScheme() + "://" + host)))
        || (external != null && origin.equals(origin(external.toString())));
  }

  /** Scheme, host and port of a URL with the port always there; null if it has no such. */
  private static @Nullable String origin(String url) {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return null;
    }
    if (uri.getScheme() == null || uri.getHost() == null) {
      return null;
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + ":" + port;
  }
}
