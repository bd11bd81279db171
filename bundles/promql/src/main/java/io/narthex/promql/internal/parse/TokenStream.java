package io.narthex.promql.internal.parse;

import io.narthex.promql.internal.ast.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens of one text with a place in them, and the first error that was found. */
final class TokenStream {

  /** Ends parsing at a token that can't stand where it stands; the error is recorded already. */
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1L;

    Stop() {
      super(null, null, false, false);
    }
  }

  private final String text;
  private final List<Token> tokens;
  private int next;
  private int lastEnd;
  private @Nullable String firstError;

  TokenStream(String text) {
    this.text = text;
    this.tokens = Lexer.tokens(text);
  }

  String text() {
    return text;
  }

  Token peek() {
    return tokens.get(next);
  }

  /** The token behind {@link #peek}; the last one once more at the end. */
  Token peekSecond() {
    return tokens.get(Math.min(next + 1, tokens.size() - 1));
  }

  boolean at(TokenType type) {
    return peek().is(type);
  }

  boolean at(TokenType type, String word) {
    return peek().is(type, word);
  }

  Token take() {
    Token t = tokens.get(next);
    if (next < tokens.size() - 1) {
      next++;
    }
    lastEnd = t.end();
    return t;
  }

  /** Takes the next token if it is of the type. */
  boolean skip(TokenType type) {
    if (at(type)) {
      take();
      return true;
    }
    return false;
  }

  boolean skip(TokenType type, String word) {
    if (at(type, word)) {
      take();
      return true;
    }
    return false;
  }

  /** Takes a token of the type, or stops with {@code unexpected …}. */
  Token expect(TokenType type, String context, String expected) throws Stop {
    if (!at(type)) {
      throw unexpected(context, expected);
    }
    return take();
  }

  /** The end of the token that was taken last. */
  int lastEnd() {
    return lastEnd;
  }

  /** Records an error unless there is one; parsing goes on, as later parts can't be wrong first. */
  void error(Position at, String message) {
    if (firstError == null) {
      firstError = QueryText.lineAndColumn(text, at.start()) + ": parse error: " + message;
    }
  }

  /** Records that the next token can't stand here. Empty strings leave their part out. */
  Stop unexpected(String context, String expected) {
    Token t = peek();
    if (t.is(TokenType.ERROR)) {
      error(t.position(), t.text());
      return new Stop();
    }
    StringBuilder message = new StringBuilder("unexpected ").append(t.describe());
    if (!context.isEmpty()) {
      message.append(" in ").append(context);
    }
    if (!expected.isEmpty()) {
      message.append(", expected ").append(expected);
    }
    error(t.position(), message.toString());
    return new Stop();
  }

  boolean failed() {
    return firstError != null;
  }

  /** Throws the first error, if there is one. */
  void check() throws ParseException {
    if (firstError != null) {
      throw new ParseException(firstError);
    }
  }
}
