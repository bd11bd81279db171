package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.model.GoQuote;

/** URLs as configuration holds them: what the reference takes for one is taken. */
public final class Urls {

  private Urls() {}

  /** The text of a node that must hold a URL. */
  public static String text(ConfigNode node) throws ConfigurationException {
    String text = node.text();
    String problem = problem(text);
    if (!problem.isEmpty()) {
      throw node.error("parse " + GoQuote.quote(text) + ": " + problem);
    }
    return text;
  }

  /** Why the text is no URL, empty if it is one. */
  static String problem(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c < ' ' || c == 0x7f) {
        return "net/url: invalid control character in URL";
      }
      if (c == '%' && !isEscape(url, i)) {
        return "invalid URL escape "
            + GoQuote.quote(url.substring(i, Math.min(i + 3, url.length())));
      }
    }
    if (url.startsWith(":")) {
      return "missing protocol scheme";
    }
    return authority(url);
  }

  private static boolean isEscape(String url, int at) {
    return at + 2 < url.length() && isHex(url.charAt(at + 1)) && isHex(url.charAt(at + 2));
  }

  private static boolean isHex(char c) {
    return c <= 'f' && Character.digit(c, 16) >= 0;
  }

  private static String authority(String url) {
    int from = hostStart(url);
    if (from < 0) {
      return "";
    }
    String authority = url.substring(from, hostEnd(url, from));
    String host = authority.substring(authority.lastIndexOf('@') + 1);
    if (host.indexOf(' ') >= 0) {
      return "invalid character \" \" in host name";
    }
    if (host.startsWith("[") && host.indexOf(']') < 0) {
      return "missing ']' in host";
    }
    int colon = host.indexOf(':', Math.max(0, host.lastIndexOf(']')));
    for (int i = colon + 1; colon >= 0 && i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return "invalid port " + GoQuote.quote(host.substring(colon)) + " after host";
      }
    }
    return "";
  }

  private static int hostStart(String url) {
    int scheme = url.indexOf("://");
    return scheme < 0 ? -1 : scheme + 3;
  }

  private static int hostEnd(String url, int from) {
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  /** The URL with its password as {@code xxxxx}. */
  public static String redacted(String url) {
    int from = hostStart(url);
    if (from < 0) {
      return url;
    }
    int at = url.lastIndexOf('@', hostEnd(url, from) - 1);
    int colon = url.indexOf(':', from);
    return at < from || colon < 0 || colon > at
        ? url
        : url.substring(0, colon + 1) + "xxxxx" + url.substring(at);
  }
}
