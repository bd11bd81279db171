package io.narthex.web.server.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The flags of the web server, checked.
 *
 * @param listenAddresses each {@code host:port}
 * @param readTimeout milliseconds
 * @param externalUrl without a slash at its end
 * @param routePrefix {@code /}, or a path that begins with a slash and does not end with one
 */
record WebSettings(
    List<String> listenAddresses,
    String configFile,
    long readTimeout,
    int maxConnections,
    URI externalUrl,
    String routePrefix,
    String pageTitle,
    String corsOrigin,
    boolean lifecycleEnabled,
    boolean agent) {

  WebSettings {
    listenAddresses = List.copyOf(listenAddresses);
  }

  static WebSettings of(WebServerConfig c) {
    List<String> addresses = List.of(c.web_listen$_$address());
    URI url = externalUrl(c.web_external$_$url(), addresses);
    String prefix = c.web_route$_$prefix();
    return new WebSettings(
        addresses,
        c.web_config_file(),
        c.web_read$_$timeout(),
        c.web_max$_$connections(),
        url,
        normalised(prefix.isEmpty() ? String.valueOf(url.getRawPath()) : prefix),
        c.web_page$_$title(),
        c.web_cors_origin(),
        c.web_enable$_$lifecycle(),
        c.mode().equals("agent"));
  }

  /** With a slash before and none behind. */
  private static String normalised(String path) {
    int from = 0;
    int to = path.length();
    while (from < to && path.charAt(from) == '/') {
      from++;
    }
    while (to > from && path.charAt(to - 1) == '/') {
      to--;
    }
    return "/" + path.substring(from, to);
  }

  static URI externalUrl(String text, List<String> addresses) {
    String url = text;
    if (url.isEmpty()) {
      String first = addresses.isEmpty() ? ":9090" : addresses.getFirst();
      url = "http://" + hostName() + first.substring(first.lastIndexOf(':')) + "/";
    }
    if (url.startsWith("\"") || url.startsWith("'") || url.endsWith("\"") || url.endsWith("'")) {
      throw new IllegalArgumentException("URL must not begin or end with quotes");
    }
    try {
      URI parsed = new URI(url);
      String path = normalised(parsed.getPath() == null ? "" : parsed.getPath());
      return new URI(
          parsed.getScheme(), parsed.getAuthority(), path.equals("/") ? "" : path, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("parse external URL \"" + text + "\"", e);
    }
  }

  /** The machine's name without asking any name server. */
  private static String hostName() {
    String name = System.getenv("HOSTNAME");
    if (name != null && !name.isEmpty()) {
      return name;
    }
    try {
      return java.nio.file.Files.readString(java.nio.file.Path.of("/proc/sys/kernel/hostname"))
          .strip();
    } catch (java.io.IOException e) {
      return "localhost"; // Not Linux, or hidden: the name is only for links.
    }
  }
}
