package io.narthex.promql.internal.parse;

import java.util.Locale;

/** Cuts what stands between square brackets: durations, their arithmetic, and one colon. */
final class BracketLexer {

  private final Lexer lexer;

  BracketLexer(Lexer lexer) {
    this.lexer = lexer;
  }

  /** Works up to and including the right bracket. */
  void run() throws LexicalError {
    boolean first = true;
    boolean colon = false;
    int parens = 0;
    while (true) {
      lexer.skipBlanksAndComments();
      lexer.begin();
      int c = lexer.peek();
      if (c == Lexer.END) {
        throw lexer.error("unexpected end of input in duration expression");
      }
      if (c == ':') {
        lexer.advance();
        if (first || colon) {
          lexer.begin();
        }
        if (first) {
          throw lexer.error("unexpected colon before duration in duration expression");
        }
        if (colon) {
          throw lexer.error("unexpected repeated colon in duration expression");
        }
        colon = true;
      }
      if (c == '(') {
        parens++;
      } else if (c == ')' && --parens < 0) {
        throw lexer.error("unexpected right parenthesis ')'");
      }
      token(c);
      first = false;
      if (c == ']') {
        lexer.leaveBracket();
        return;
      }
    }
  }

  private void token(int c) throws LexicalError {
    if (Lexer.isDigit(c) || c == '.') {
      lexer.number();
      return;
    }
    if (Lexer.isAlpha(c)) {
      word();
      return;
    }
    TokenType type =
        switch (c) {
          case '+', '-', '*', '/', '%', '^' -> TokenType.OPERATOR;
          case '(' -> TokenType.LEFT_PAREN;
          case ')' -> TokenType.RIGHT_PAREN;
          case ',' -> TokenType.COMMA;
          case ':' -> TokenType.COLON;
          case ']' -> TokenType.RIGHT_BRACKET;
          case '[' -> throw lexer.error("unexpected left bracket '['");
          default -> throw unexpected();
        };
    if (type != TokenType.COLON) {
      lexer.advance();
    }
    lexer.emit(type);
  }

  private void word() throws LexicalError {
    int from = lexer.start();
    int to = from;
    String text = lexer.text();
    while (to < text.length() && Lexer.isAlphaNumeric(text.charAt(to))) {
      to++;
    }
    String word = text.substring(from, to).toLowerCase(Locale.ROOT);
    boolean known =
        Words.PREPROCESSORS.contains(word) && !word.equals("start") && !word.equals("end");
    if (!known) {
      throw unexpected();
    }
    for (int i = from; i < to; i++) {
      lexer.advance();
    }
    lexer.emit(TokenType.PREPROCESSOR);
  }

  private LexicalError unexpected() {
    return lexer.error(
        "unexpected character in duration expression: "
            + Runes.quoted(lexer.text(), lexer.start()));
  }
}
