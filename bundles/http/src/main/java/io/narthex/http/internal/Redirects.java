package io.narthex.http.internal;

import io.narthex.api.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way through redirects. Credentials go to the host that was asked first and its
 * subdomains; once a hop has left those, they stay behind, even if a later hop comes back.
 */
final class Redirects {
  /** The most requests for one answer. */
  private static final int MAX = 10;

  private static final Set<String> SENSITIVE =
      Set.of(
          "authorization",
          "cookie",
          "cookie2",
          "www-authenticate",
          "proxy-authorization",
          "proxy-authenticate");

  private final String firstHost;
  private URI uri;
  private String method;
  private byte @Nullable [] body;
  private boolean left;
  private int followed;

  Redirects(URI uri, String firstHost, String method, byte @Nullable [] body) {
    this.uri = uri;
    this.firstHost = firstHost.toLowerCase(Locale.ROOT);
    this.method = method;
    this.body = body;
  }

  URI uri() {
    return uri;
  }

  String method() {
    return method;
  }

  byte @Nullable [] body() {
    return body;
  }

  boolean isFirst() {
    return followed == 0;
  }

  /** Whether credentials may be sent on this hop. */
  boolean isTrusted() {
    return !left;
  }

  /** The headers of the request that may be sent on this hop. */
  Map<String, List<String>> sendable(Map<String, List<String>> headers) {
    if (followed == 0) {
      return headers;
    }
    Map<String, List<String>> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, values) -> {
      String lower = name.toLowerCase(Locale.ROOT);
      boolean aboutBody = body == null && lower.startsWith("content-");
      if (!aboutBody && !(left && SENSITIVE.contains(lower))) {
        kept.put(name, values);
      }
    });
    return kept;
  }

  static boolean isSensitive(String header) {
    return SENSITIVE.contains(header.toLowerCase(Locale.ROOT));
  }

  /** Takes the next hop if the answer is a redirect; false if it is the answer itself. */
  boolean follow(HttpResponse response) throws IOException {
    int status = response.status();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    String location = response.header("Location");
    if (!redirect || location.isEmpty()) {
      return false;
    }
    // As many requests were made before as were redirected, and the first one.
    if (followed + 1 >= MAX) {
      throw new TooManyRedirects(location);
    }
    URI next;
    try {
      next = uri.resolve(new URI(location));
    } catch (java.net.URISyntaxException e) {
      throw new IOException(
          "failed to parse Location header \"" + location + "\": " + e.getReason(), e);
    }
    if (status != 307 && status != 308) {
      if (!method.equals("HEAD")) {
        method = "GET";
      }
      body = null;
    }
    followed++;
    uri = next;
    return true;
  }

  /** Called with the host of each hop. */
  void arriveAt(String host) {
    String h = host.toLowerCase(Locale.ROOT);
    if (!h.equals(firstHost) && !h.endsWith("." + firstHost)) {
      left = true;
    }
  }

  /** The redirect that would need an eleventh request. */
  static final class TooManyRedirects extends IOException {
    private static final long serialVersionUID = 1L;
    private final String location;

    TooManyRedirects(String location) {
      super("stopped after " + MAX + " redirects");
      this.location = location;
    }

    String location() {
      return location;
    }
  }
}
