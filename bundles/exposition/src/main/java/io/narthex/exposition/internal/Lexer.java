package io.narthex.exposition.internal;

/**
 * Splits a body into tokens, for lines that the quick way does not read. What a token is depends on
 * the state that the token before has left. On {@link Token#INVALID} the lexer stands at the byte
 * that fits nothing, which is what error messages show.
 */
abstract class Lexer {

  /** Where in a line the lexer stands. */
  enum State {
    LINE,
    COMMENT,
    META_NAME,
    META_TEXT,
    LABELS,
    LABEL_VALUE,
    VALUE,
    TIMESTAMP,
    EXEMPLAR,
    EXEMPLAR_VALUE,
    EXEMPLAR_TIMESTAMP
  }

  byte[] b = new byte[0];
  int end;

  /** The first byte of the last token. */
  int start;

  /** The byte behind the last token. */
  int at;

  State state = State.LINE;

  void reset(byte[] body, int length) {
    b = body;
    end = length;
    moveTo(0, State.LINE);
  }

  /** Continues at another place. */
  void moveTo(int position, State there) {
    at = position;
    start = position;
    state = there;
  }

  /** The next token; {@link Token#EOF} for ever at the end. */
  abstract Token next();

  /** The byte the lexer stands at, 0 at the end. */
  int current() {
    return at < end ? b[at] & 0xFF : 0;
  }

  /** Goes one byte on; in text where NUL bytes may stand, over these too. */
  int advance() {
    at++;
    boolean text = state == State.LABEL_VALUE || state == State.META_TEXT || state == State.COMMENT;
    while (text && at < end && b[at] == 0) {
      at++;
    }
    return current();
  }

  Token become(State next, Token token) {
    state = next;
    return token;
  }

  /** Takes the single byte the lexer stands at. */
  Token single(State next, Token token) {
    advance();
    return become(next, token);
  }

  Token metricName(State next) {
    at = Math.min(Bytes.metricNameEnd(b, at), end);
    return become(next, Token.METRIC_NAME);
  }

  Token labelName() {
    at = Math.min(Bytes.labelNameEnd(b, at), end);
    return Token.LABEL_NAME;
  }

  /**
   * Takes a quoted string with escapes; no line feed may follow a backslash.
   *
   * @param lines whether it may hold line feeds
   */
  Token quoted(boolean lines, State next, Token token) {
    int c = advance();
    while (c != '"') {
      if (c == '\\') {
        // The very next byte is meant, also where NUL bytes are skipped.
        at++;
        c = current();
        if (c == '\n') {
          return Token.INVALID;
        }
      }
      if (c == 0 || (c == '\n' && !lines)) {
        return Token.INVALID;
      }
      c = advance();
    }
    at++;
    return become(next, token);
  }

  /** Takes a keyword letter by letter; false at the first that differs. */
  boolean keyword(String word) {
    int c = current();
    for (int i = 0; i < word.length(); i++) {
      if (c != word.charAt(i)) {
        return false;
      }
      c = advance();
    }
    return true;
  }

  /** A token inside of the braces of a sample; the same in both formats but for blanks. */
  Token inLabels() {
    int c = current();
    if (Bytes.startsLabelName((byte) c)) {
      return labelName();
    }
    return switch (c) {
      case '"' -> quoted(true, State.LABELS, Token.QUOTED);
      case '}' -> single(State.VALUE, Token.BRACE_CLOSE);
      case '=' -> single(State.LABEL_VALUE, Token.EQUAL);
      case ',' -> single(State.LABELS, Token.COMMA);
      default -> Token.INVALID;
    };
  }
}
