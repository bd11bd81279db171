package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.model.GoQuote;
import java.net.URI;
import java.net.URISyntaxException;

/** URLs as configuration holds them. */
public final class Urls {

  private Urls() {}

  /** The text of a node that must hold a URL. */
  public static String text(ConfigNode node) throws ConfigurationException {
    String text = node.text();
    try {
      URI unused = new URI(text);
      return text;
    } catch (URISyntaxException e) {
      throw node.error("parse " + GoQuote.quote(text) + ": " + e.getReason());
    }
  }

  /** The URL with its password as {@code xxxxx}. */
  public static String redacted(String url) {
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return url;
    }
    int from = scheme + 3;
    int end = from;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    int at = url.lastIndexOf('@', end - 1);
    int colon = url.indexOf(':', from);
    return at < from || colon < 0 || colon > at
        ? url
        : url.substring(0, colon + 1) + "xxxxx" + url.substring(at);
  }
}
