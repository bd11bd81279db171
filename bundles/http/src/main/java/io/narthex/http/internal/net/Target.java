package io.narthex.http.internal.net;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a request goes: its URI taken apart. Host names with an underscore, which {@link URI} does
 * not count as hosts, are taken too.
 *
 * @param host without brackets
 * @param target path and query as they are sent
 * @param userInfo raw, null if the URI has none
 */
public record Target(
    String scheme, String host, int port, String target, @Nullable String userInfo) {

  public static Target of(URI uri) throws URISyntaxException {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new URISyntaxException(
          uri.toString(), "unsupported protocol scheme \"" + scheme + "\"");
    }
    String authority = uri.getRawAuthority();
    if (authority == null || authority.isEmpty()) {
      throw new URISyntaxException(uri.toString(), "http: no Host in request URL");
    }
    int at = authority.lastIndexOf('@');
    String userInfo = at < 0 ? null : authority.substring(0, at);
    String hostPort = authority.substring(at + 1);
    int colon = hostPort.lastIndexOf(':');
    String host = hostPort;
    int port = scheme.equals("https") ? 443 : 80;
    if (colon > hostPort.lastIndexOf(']')) {
      host = hostPort.substring(0, colon);
      port = port(uri, hostPort.substring(colon + 1), port);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (host.isEmpty()) {
      throw new URISyntaxException(uri.toString(), "http: no Host in request URL");
    }
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    String query = uri.getRawQuery();
    return new Target(scheme, host, port, query == null ? path : path + "?" + query, userInfo);
  }

  /** Whether {@link URI}, and so Jetty, does not take the host for one. */
  boolean isOddHost() {
    String text = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    try {
      return new URI("http://" + text + "/").getHost() == null;
    } catch (URISyntaxException e) {
      return true;
    }
  }

  private static int port(URI uri, String digits, int otherwise) throws URISyntaxException {
    if (digits.isEmpty()) {
      return otherwise;
    }
    try {
      int port = Integer.parseUnsignedInt(digits);
      if (port <= 0xffff) {
        return port;
      }
    } catch (NumberFormatException e) {
      // falls through to the refusal
    }
    throw new URISyntaxException(uri.toString(), "invalid port \"" + digits + "\"");
  }

  /** The URI without a password, for messages. */
  public static String printable(URI uri) {
    String user = uri.getRawUserInfo();
    if (user == null && uri.getRawAuthority() != null && uri.getRawAuthority().contains("@")) {
      user = uri.getRawAuthority().substring(0, uri.getRawAuthority().lastIndexOf('@'));
    }
    if (user == null || user.indexOf(':') < 0) {
      return uri.toString();
    }
    return uri.toString().replace(user + "@", user.substring(0, user.indexOf(':')) + ":xxxxx@");
  }
}
