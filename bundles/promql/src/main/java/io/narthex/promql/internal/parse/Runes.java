package io.narthex.promql.internal.parse;

import io.narthex.model.GoQuote;
import java.util.Locale;

/** Single characters in messages. */
final class Runes {

  private Runes() {}

  /** The character at an index in single quotes; U+FFFD behind the end. */
  static String quoted(String text, int index) {
    int c = index < text.length() ? text.codePointAt(index) : 0xFFFD;
    if (c == '\'') {
      return "'\\''";
    }
    if (c == '"') {
      return "'\"'";
    }
    String inDoubleQuotes = GoQuote.quote(Character.toString(c));
    return "'" + inDoubleQuotes.substring(1, inDoubleQuotes.length() - 1) + "'";
  }

  /** As {@code U+0071 'q'}. */
  static String named(String text, int index) {
    int c = text.codePointAt(index);
    return String.format(Locale.ROOT, "U+%04X '%s'", c, Character.toString(c));
  }
}
