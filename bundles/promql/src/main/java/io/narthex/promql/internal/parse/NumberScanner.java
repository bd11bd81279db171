package io.narthex.promql.internal.parse;

/** Finds the end of a number or duration. */
final class NumberScanner {

  private final String text;
  private int pos;
  private final TokenType type;

  NumberScanner(String text, int start) {
    this.text = text;
    this.pos = start;
    boolean separators = number();
    if (separators && !Lexer.isAlphaNumeric(peek())) {
      type = TokenType.NUMBER;
    } else if (separators && duration(start)) {
      type = TokenType.DURATION;
    } else {
      type = TokenType.ERROR;
    }
  }

  /** NUMBER, DURATION, or ERROR if it is neither. */
  TokenType type() {
    return type;
  }

  /** The index behind it; of an error, behind the first character that does not belong there. */
  int end() {
    return Math.min(pos, text.length());
  }

  private int peek() {
    return pos < text.length() ? text.charAt(pos) : Lexer.END;
  }

  /**
   * Takes what looks like a number: digits with single separators between them, points, one
   * exponent. False, behind it, if a separator is misplaced.
   */
  private boolean number() {
    boolean hex = peek() == '0' && pos + 1 < text.length() && (text.charAt(pos + 1) | 32) == 'x';
    if (hex) {
      pos += 2;
      if (peek() == '_') {
        pos++;
      }
    }
    boolean digitBefore = false;
    boolean exponent = false;
    while (true) {
      int c = peek();
      if (Lexer.isDigit(c) || (hex && isHexLetter(c))) {
        digitBefore = true;
      } else if (c == '_') {
        pos++;
        if (!digitBefore || !Lexer.isAlphaNumeric(peek()) || peek() == '_') {
          pos += peek() == '_' ? 1 : 0;
          return false;
        }
        continue;
      } else if (c == '.' && !hex) {
        digitBefore = false;
      } else if (!hex && !exponent && startsExponent()) {
        exponent = true;
        pos += Lexer.isDigit(text.charAt(pos + 1)) ? 0 : 1;
      } else {
        return true;
      }
      pos++;
    }
  }

  private boolean startsExponent() {
    if ((peek() | 32) != 'e' || pos + 1 >= text.length()) {
      return false;
    }
    char next = text.charAt(pos + 1);
    boolean sign = next == '+' || next == '-';
    return Lexer.isDigit(next)
        || (sign && pos + 2 < text.length() && Lexer.isDigit(text.charAt(pos + 2)));
  }

  private static boolean isHexLetter(int c) {
    int lower = c | 32;
    return lower >= 'a' && lower <= 'f';
  }

  /** Takes digits and units; false, before the first misplaced character, if it is no duration. */
  private boolean duration(int start) {
    pos = start;
    boolean any = false;
    while (Lexer.isDigit(peek())) {
      while (Lexer.isDigit(peek())) {
        pos++;
      }
      int c = peek();
      if (c != 's' && c != 'm' && c != 'h' && c != 'd' && c != 'w' && c != 'y') {
        return false;
      }
      pos++;
      if (c == 'm' && peek() == 's') {
        pos++;
      }
      any = true;
    }
    if (Lexer.isAlphaNumeric(peek())) {
      pos++;
      return false;
    }
    return any;
  }
}
