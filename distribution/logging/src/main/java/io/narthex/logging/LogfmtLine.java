package io.narthex.logging;

import io.narthex.model.GoQuote;

/** {@code key=value} pairs; values that need it are quoted. */
final class LogfmtLine implements LineFormat {

  private final StringBuilder out = new StringBuilder(200);

  @Override
  public void field(String key, String value) {
    literal(text(key), text(value));
  }

  @Override
  public void literal(String key, String value) {
    if (!out.isEmpty()) {
      out.append(' ');
    }
    out.append(key).append('=').append(value);
  }

  private static String text(String s) {
    if (s.isEmpty()) {
      return "\"\"";
    }
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      if (c <= ' ' || c == '=' || c == '"' || c == 0x7f) {
        return GoQuote.quote(s);
      }
      if (c >= 0x80) {
        String quoted = GoQuote.quote(s);
        return quoted.length() == s.length() + 2 ? s : quoted;
      }
    }
    return s;
  }

  @Override
  public String end() {
    return out.append('\n').toString();
  }
}
