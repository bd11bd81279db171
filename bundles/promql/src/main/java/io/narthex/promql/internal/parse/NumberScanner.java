package io.narthex.promql.internal.parse;

/** Finds the end of a number or duration. */
final class NumberScanner {

  private final String text;
  private int pos;
  private final TokenType type;

  NumberScanner(String text, int start) {
    this.text = text;
    this.pos = start;
    if (number() && !Lexer.isAlphaNumeric(peek())) {
      type = TokenType.NUMBER;
    } else if (duration(start)) {
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

  /** Takes digits with separators, a point, an exponent; false if a separator is misplaced. */
  private boolean number() {
    boolean hex = peek() == '0' && pos + 1 < text.length() && (text.charAt(pos + 1) | 32) == 'x';
    if (hex) {
      pos += 2;
      if (peek() == '_') {
        pos++;
      }
      return digits(true) > 0;
    }
    int n = digits(false);
    if (n < 0) {
      return false;
    }
    if (peek() == '.') {
      pos++;
      int fraction = digits(false);
      if (fraction < 0 || n + fraction == 0) {
        return false;
      }
    }
    if ((peek() | 32) == 'e') {
      int before = pos;
      pos++;
      if (peek() == '+' || peek() == '-') {
        pos++;
      }
      if (digits(false) <= 0) {
        pos = before;
        return false;
      }
    }
    return true;
  }

  /** Takes digits with single separators between them; their number, or -1. */
  private int digits(boolean hex) {
    int n = 0;
    boolean separator = false;
    while (true) {
      int c = peek();
      if (Lexer.isDigit(c) || (hex && isHexLetter(c))) {
        n++;
        separator = false;
      } else if (c == '_') {
        if (separator || n == 0) {
          return -1;
        }
        separator = true;
      } else {
        return separator ? -1 : n;
      }
      pos++;
    }
  }

  private static boolean isHexLetter(int c) {
    int lower = c | 32;
    return lower >= 'a' && lower <= 'f';
  }

  /** Takes digits and units; false, behind the first misplaced character, if it is no duration. */
  private boolean duration(int start) {
    pos = start;
    boolean any = false;
    while (Lexer.isDigit(peek())) {
      while (Lexer.isDigit(peek())) {
        pos++;
      }
      int c = peek();
      if (c != 's' && c != 'm' && c != 'h' && c != 'd' && c != 'w' && c != 'y') {
        pos++;
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
