package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.exposition.ExpositionFormat;
import io.narthex.model.GoQuote;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which format a body has, by its Content-Type header and the job's fallback. */
final class ContentType {

  private ContentType() {}

  /**
   * The format of a body.
   *
   * @param fallback media type to take where the header names no known one, or empty
   */
  static ExpositionFormat format(String header, String fallback) throws ScrapeFailure {
    if (header.isEmpty()) {
      return fallback(
          fallback,
          "non-compliant scrape target sending blank Content-Type and no"
              + " fallback_scrape_protocol specified for target");
    }
    String problem = problem(header);
    if (!problem.isEmpty()) {
      return fallback(
          fallback,
          "cannot parse Content-Type "
              + GoQuote.quote(header)
              + " and no fallback_scrape_protocol for target\n"
              + problem);
    }
    ExpositionFormat format = known(mediaType(header));
    return format != null
        ? format
        : fallback(
            fallback,
            "received unsupported Content-Type "
                + GoQuote.quote(header)
                + " and no fallback_scrape_protocol specified for target");
  }

  private static ExpositionFormat fallback(String fallback, String error) throws ScrapeFailure {
    ExpositionFormat format = known(fallback);
    if (format == null) {
      throw new ScrapeFailure(error);
    }
    return format;
  }

  private static @Nullable ExpositionFormat known(String mediaType) {
    return switch (mediaType) {
      case "application/openmetrics-text" -> ExpositionFormat.OPENMETRICS;
      case "application/vnd.google.protobuf" -> ExpositionFormat.PROTOBUF;
      case "text/plain" -> ExpositionFormat.TEXT;
      default -> null;
    };
  }

  /** The media type of a protocol that the configuration names. */
  static String mediaTypeOf(String protocol) {
    for (ScrapeProtocol p : ScrapeProtocol.values()) {
      if (p.text().equals(protocol)) {
        return mediaType(p.accept());
      }
    }
    return "";
  }

  /** What stands in front of the parameters, in lower case. */
  static String mediaType(String header) {
    int semicolon = header.indexOf(';');
    String type = semicolon < 0 ? header : header.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  /** Why the header is none, or empty. */
  private static String problem(String header) {
    String type = mediaType(header);
    int first = tokenEnd(type, 0);
    if (first == 0) {
      return "mime: no media type";
    }
    if (first < type.length()) {
      if (type.charAt(first) != '/') {
        return "mime: expected slash after first token";
      }
      int second = tokenEnd(type, first + 1);
      if (second == first + 1) {
        return "mime: expected token after slash";
      }
      if (second < type.length()) {
        return "mime: unexpected content after media subtype";
      }
    }
    int semicolon = header.indexOf(';');
    return semicolon < 0 || areParameters(header, semicolon) ? "" : "mime: invalid media parameter";
  }

  /** Whether <code>; name=value</code> pairs fill the rest; a last semicolon is allowed. */
  private static boolean areParameters(String s, int from) {
    int p = from;
    while (p < s.length()) {
      if (s.charAt(p) != ';') {
        return false;
      }
      p = blanksEnd(s, p + 1);
      if (p == s.length()) {
        return true;
      }
      int name = tokenEnd(s, p);
      if (name == p || name == s.length() || s.charAt(name) != '=') {
        return false;
      }
      int value = valueEnd(s, name + 1);
      if (value < 0) {
        return false;
      }
      p = blanksEnd(s, value);
    }
    return true;
  }

  private static int valueEnd(String s, int from) {
    if (from < s.length() && s.charAt(from) == '"') {
      for (int p = from + 1; p < s.length(); p++) {
        if (s.charAt(p) == '"') {
          return p + 1;
        }
        if (s.charAt(p) == '\\') {
          p++;
        }
      }
      return -1;
    }
    int end = tokenEnd(s, from);
    return end == from ? -1 : end;
  }

  private static int blanksEnd(String s, int from) {
    int p = from;
    while (p < s.length() && (s.charAt(p) == ' ' || s.charAt(p) == '\t')) {
      p++;
    }
    return p;
  }

  private static int tokenEnd(String s, int from) {
    int p = from;
    while (p < s.length()
        && s.charAt(p) > ' '
        && s.charAt(p) < 0x7F
        && "()<>@,;:\\\"/[]?=".indexOf(s.charAt(p)) < 0) {
      p++;
    }
    return p;
  }
}
