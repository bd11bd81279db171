package io.narthex.promql.internal.parse;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into tokens. The last one is {@link TokenType#EOF} or, where the text breaks the
 * rules of the lexer, {@link TokenType#ERROR}.
 */
final class Lexer {

  static final int END = -1;

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int pos;
  private int start;
  private int parens;
  private boolean bracket;

  private Lexer(String text) {
    this.text = text;
  }

  static List<Token> tokens(String text) {
    Lexer lexer = new Lexer(text);
    try {
      while (lexer.statement()) {
        // each call adds what it has found
      }
    } catch (LexicalError e) {
      lexer.tokens.add(new Token(TokenType.ERROR, e.at(), text.length(), e.message()));
    }
    return lexer.tokens;
  }

  /** Takes one token outside braces; false at the end. */
  private boolean statement() throws LexicalError {
    skipBlanksAndComments();
    int c = peek();
    start = pos;
    if (c == END) {
      end();
      return false;
    }
    if (bracket) {
      BracketLexer inside = new BracketLexer(this);
      inside.run();
      return true;
    }
    if (isAlpha(c) || c == ':') {
      word();
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(pos + 1)))) {
      number();
    } else if (c == '"' || c == '\'' || c == '`') {
      string();
    } else {
      symbol(c);
    }
    return true;
  }

  private void end() throws LexicalError {
    if (parens != 0) {
      throw error("unclosed left parenthesis");
    }
    if (bracket) {
      throw error("unexpected end of input in duration expression");
    }
    emit(TokenType.EOF);
  }

  private void symbol(int c) throws LexicalError {
    pos++;
    switch (c) {
      case ',' -> emit(TokenType.COMMA);
      case '*', '/', '%', '+', '-', '^', '@' -> emit(TokenType.OPERATOR);
      case '=' -> equalsSign();
      case '!' -> exclamation();
      case '<', '>' -> {
        if (peek() == '=' || peek() == '/') {
          pos++;
        }
        emit(TokenType.OPERATOR);
      }
      case '{' -> {
        emit(TokenType.LEFT_BRACE);
        insideBraces();
      }
      case '(' -> {
        parens++;
        emit(TokenType.LEFT_PAREN);
      }
      case ')' -> {
        start = --parens < 0 ? pos : start;
        if (parens < 0) {
          throw error("unexpected right parenthesis ')'");
        }
        emit(TokenType.RIGHT_PAREN);
      }
      case '[' -> {
        emit(TokenType.LEFT_BRACKET);
        bracket = true;
      }
      case ']' -> throw error("unexpected right bracket ']'");
      default -> throw error("unexpected character: " + Runes.quoted(text, start));
    }
  }

  private void equalsSign() throws LexicalError {
    if (peek() == '=') {
      pos++;
      emit(TokenType.OPERATOR);
    } else if (peek() == '~') {
      throw error("unexpected character after '=': '~'");
    } else {
      emit(TokenType.EQUAL);
    }
  }

  private void exclamation() throws LexicalError {
    if (peek() != '=') {
      throw error("unexpected character after '!': " + Runes.quoted(text, pos));
    }
    pos++;
    emit(TokenType.OPERATOR);
  }

  /** From behind the left brace to behind the right one; every word is an identifier here. */
  private void insideBraces() throws LexicalError {
    while (true) {
      skipBlanksAndComments();
      start = pos;
      int c = peek();
      if (c == END) {
        throw error("unexpected end of input inside braces");
      }
      if (c == '}') {
        pos++;
        emit(TokenType.RIGHT_BRACE);
        return;
      }
      if (isAlpha(c)) {
        while (isAlphaNumeric(peek())) {
          pos++;
        }
        emit(TokenType.IDENTIFIER);
      } else if (c == '"' || c == '\'' || c == '`') {
        string();
      } else {
        braceSymbol(c);
      }
    }
  }

  private void braceSymbol(int c) throws LexicalError {
    pos++;
    switch (c) {
      case ',' -> emit(TokenType.COMMA);
      case '=' -> {
        if (peek() == '~') {
          pos++;
          emit(TokenType.OPERATOR);
        } else {
          emit(TokenType.EQUAL);
        }
      }
      case '!' -> {
        if (peek() != '~' && peek() != '=') {
          throw error("unexpected character after '!' inside braces: " + Runes.quoted(text, pos));
        }
        pos++;
        emit(TokenType.OPERATOR);
      }
      case '{' -> throw error("unexpected left brace '{'");
      default -> throw error("unexpected character inside braces: " + Runes.quoted(text, start));
    }
  }

  private void word() {
    while (isAlphaNumeric(peek()) || peek() == ':') {
      pos++;
    }
    String word = text.substring(start, pos);
    TokenType type = Words.classify(word);
    boolean fill = type == TokenType.KEYWORD && word.regionMatches(true, 0, "fill", 0, 4);
    emit(fill && nextBlackCharacter() != '(' ? TokenType.IDENTIFIER : type);
  }

  private int nextBlackCharacter() {
    int p = pos;
    while (p < text.length() && isBlank(text.charAt(p))) {
      p++;
    }
    return charAt(p);
  }

  void number() throws LexicalError {
    NumberScanner scanner = new NumberScanner(text, start);
    pos = scanner.end();
    if (scanner.type() == TokenType.ERROR) {
      throw error(
          "bad number or duration syntax: "
              + io.narthex.model.GoQuote.quote(text.substring(start, pos)));
    }
    emit(scanner.type());
  }

  private void string() throws LexicalError {
    pos = StringScanner.scan(text, start);
    emit(TokenType.STRING);
  }

  void skipBlanksAndComments() {
    while (pos < text.length()) {
      char c = text.charAt(pos);
      if (c == '#') {
        while (pos < text.length() && text.charAt(pos) != '\n' && text.charAt(pos) != '\r') {
          pos++;
        }
      } else if (isBlank(c)) {
        pos++;
      } else {
        return;
      }
    }
  }

  void begin() {
    start = pos;
  }

  void advance() {
    pos++;
  }

  int peek() {
    return charAt(pos);
  }

  private int charAt(int i) {
    return i < text.length() ? text.charAt(i) : END;
  }

  String text() {
    return text;
  }

  int start() {
    return start;
  }

  void leaveBracket() {
    bracket = false;
  }

  int openParens() {
    return parens;
  }

  void emit(TokenType type) {
    tokens.add(new Token(type, start, pos, text.substring(start, pos)));
    start = pos;
  }

  LexicalError error(String message) {
    return new LexicalError(start, message);
  }

  static boolean isBlank(int c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlpha(int c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphaNumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }
}
