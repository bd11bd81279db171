package io.narthex.config.internal.read;

import java.util.function.UnaryOperator;

/** Variables in a text: {@code $NAME} and {@code ${NAME}}, as the shell writes them. */
final class Expansion {

  private static final String SPECIAL = "*#$@!?-0123456789";

  private Expansion() {}

  /**
   * The text with every variable replaced.
   *
   * @param variables gives the value for a name; {@code $} is a name too
   */
  static String expand(String text, UnaryOperator<String> variables) {
    StringBuilder out = new StringBuilder();
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c != '$' || i == text.length()) {
        out.append(c);
        continue;
      }
      if (text.charAt(i) == '{') {
        i = braced(text, i, variables, out);
        continue;
      }
      int end = SPECIAL.indexOf(text.charAt(i)) >= 0 ? i + 1 : word(text, i);
      if (end == i) {
        out.append('$');
      } else {
        out.append(variables.apply(text.substring(i, end)));
      }
      i = end;
    }
    return out.toString();
  }

  /** Handles what begins with the brace at {@code at}; malformed references vanish. */
  private static int braced(
      String text, int at, UnaryOperator<String> variables, StringBuilder out) {
    int close = text.indexOf('}', at);
    if (close < 0) {
      return at + 1;
    }
    if (close > at + 1) {
      out.append(variables.apply(text.substring(at + 1, close)));
    }
    return close + 1;
  }

  private static int word(String text, int from) {
    int i = from;
    while (i < text.length()) {
      char c = text.charAt(i);
      boolean word =
          c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!word) {
        break;
      }
      i++;
    }
    return i;
  }
}
