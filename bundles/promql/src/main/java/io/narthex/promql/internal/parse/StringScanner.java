package io.narthex.promql.internal.parse;

/** Finds the end of a string and reads its content. */
final class StringScanner {

  private StringScanner() {}

  /** The index behind the string whose opening quote is at {@code start}. */
  static int scan(String text, int start) throws LexicalError {
    char quote = text.charAt(start);
    int i = start + 1;
    while (true) {
      if (i >= text.length() || (quote != '`' && text.charAt(i) == '\n')) {
        throw new LexicalError(
            start, quote == '`' ? "unterminated raw string" : "unterminated quoted string");
      }
      char c = text.charAt(i);
      if (c == quote) {
        return i + 1;
      }
      if (c == '\\' && quote != '`') {
        i = escape(text, start, i + 1, quote, null);
      } else if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 >= text.length()
            || !Character.isLowSurrogate(text.charAt(i + 1))) {
          throw new LexicalError(start, "invalid UTF-8 rune");
        }
        i += 2;
      } else {
        i++;
      }
    }
  }

  /** The content of a string that {@link #scan} has accepted. */
  static String unquote(String token) {
    char quote = token.charAt(0);
    String body = token.substring(1, token.length() - 1);
    if (quote == '`' || body.indexOf('\\') < 0) {
      return body;
    }
    ByteText out = new ByteText();
    try {
      int i = 0;
      while (i < body.length()) {
        if (body.charAt(i) == '\\') {
          i = escape(body, 0, i + 1, quote, out);
        } else {
          int c = body.codePointAt(i);
          out.rune(c);
          i += Character.charCount(c);
        }
      }
    } catch (LexicalError e) {
      throw new IllegalStateException("the lexer has let a bad string pass: " + token, e);
    }
    return out.text();
  }

  /** Reads the escape whose first character behind the backslash is at {@code i}. */
  private static int escape(
      String text, int start, int i, char quote, @org.jspecify.annotations.Nullable ByteText out)
      throws LexicalError {
    if (i >= text.length()) {
      throw new LexicalError(start, "escape sequence not terminated");
    }
    char c = text.charAt(i);
    int simple = c == quote ? quote : simple(c);
    if (simple >= 0) {
      if (out != null) {
        out.rune(simple);
      }
      return i + 1;
    }
    return switch (c) {
      case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(text, start, i, 3, 8, out);
      case 'x' -> digits(text, start, i + 1, 2, 16, out);
      case 'u' -> digits(text, start, i + 1, 4, 16, out);
      case 'U' -> digits(text, start, i + 1, 8, 16, out);
      default -> throw new LexicalError(start, "unknown escape sequence " + Runes.named(text, i));
    };
  }

  private static int simple(char c) {
    return switch (c) {
      case 'a' -> 7;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> 11;
      case '\\' -> '\\';
      default -> -1;
    };
  }

  /** Three octal and two hexadecimal digits make a byte, the others a character. */
  private static int digits(
      String text,
      int start,
      int from,
      int count,
      int base,
      @org.jspecify.annotations.Nullable ByteText out)
      throws LexicalError {
    long x = 0;
    for (int i = from; i < from + count; i++) {
      if (i >= text.length()) {
        throw new LexicalError(start, "escape sequence not terminated");
      }
      int d = text.charAt(i) < 128 ? Character.digit(text.charAt(i), base) : -1;
      if (d < 0) {
        throw new LexicalError(
            start, "illegal character " + Runes.named(text, i) + " in escape sequence");
      }
      x = x * base + d;
    }
    boolean isByte = count < 4;
    if (x > (isByte ? 255 : 0x10FFFF) || (x >= 0xD800 && x < 0xE000)) {
      throw new LexicalError(start, "escape sequence is an invalid Unicode code point");
    }
    if (out != null) {
      if (isByte) {
        out.octet((int) x);
      } else {
        out.rune((int) x);
      }
    }
    return from + count;
  }
}
