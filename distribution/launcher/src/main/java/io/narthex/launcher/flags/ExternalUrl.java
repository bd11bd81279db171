package io.narthex.launcher.flags;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/** The URL and the route prefix that the flags of the web server amount to. */
public final class ExternalUrl {
  private ExternalUrl() {}

  /**
   * Checks {@code --web.external-url}.
   *
   * @return what is wrong with it, or null
   */
  static @Nullable String problem(String text) {
    if (text.isEmpty()) {
      return null;
    }
    if (isQuote(text.charAt(0)) || isQuote(text.charAt(text.length() - 1))) {
      return "URL must not begin or end with quotes";
    }
    try {
      URI unused = new URI(text);
      return null;
    } catch (URISyntaxException e) {
      return e.getMessage();
    }
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** The normalised prefix: a slash, and the path without slashes around it. */
  static String routePrefix(ParsedFlags flags) {
    String prefix = flags.string("web.route-prefix");
    if (prefix.isEmpty()) {
      String url = flags.string("web.external-url");
      String path = problem(url) == null ? URI.create(url).getPath() : "";
      prefix = path == null ? "" : path;
    }
    int from = 0;
    int to = prefix.length();
    while (from < to && prefix.charAt(from) == '/') {
      from++;
    }
    while (to > from && prefix.charAt(to - 1) == '/') {
      to--;
    }
    return "/" + prefix.substring(from, to);
  }

  /** The URL of the first page, as somebody on this machine would type it. */
  public static String forBrowser(ParsedFlags flags) {
    String external = flags.string("web.external-url");
    if (!external.isEmpty()) {
      return external;
    }
    String address = flags.strings("web.listen-address").getFirst();
    int colon = address.lastIndexOf(':');
    String host = address.substring(0, Math.max(0, colon));
    boolean anywhere = host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
    String prefix = routePrefix(flags);
    return (flags.string("web.config.file").isEmpty() ? "http://" : "https://")
        + (anywhere ? "localhost" : host)
        + address.substring(Math.max(0, colon))
        + (prefix.endsWith("/") ? prefix : prefix + "/");
  }
}
