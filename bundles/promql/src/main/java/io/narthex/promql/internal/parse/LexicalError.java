package io.narthex.promql.internal.parse;

/** Ends the lexer's work at a character that can't stand where it stands. */
final class LexicalError extends Exception {
  private static final long serialVersionUID = 1L;

  private final int at;
  private final String message;

  LexicalError(int at, String message) {
    super(message, null, false, false);
    this.at = at;
    this.message = message;
  }

  /** The index in the text. */
  int at() {
    return at;
  }

  String message() {
    return message;
  }
}
