package io.narthex.exposition.internal;

/** The tokens of the Prometheus text format; blanks between them are tokens too. */
final class TextLexer extends Lexer {

  @Override
  Token next() {
    if (at >= end) {
      return Token.EOF;
    }
    start = at;
    if (Bytes.isBlank(b[at]) && !blanksAreText()) {
      skipBlanks();
      return Token.WHITESPACE;
    }
    return switch (state) {
      case LINE -> line();
      case META_NAME -> metaName();
      case META_TEXT -> metaText();
      case VALUE -> value();
      case LABELS -> inLabels();
      case LABEL_VALUE ->
          b[at] == '"' ? quoted(true, State.LABELS, Token.LABEL_VALUE) : Token.INVALID;
      case TIMESTAMP -> timestamp();
      // Comments are taken whole; exemplars do not exist in this format.
      case COMMENT, EXEMPLAR, EXEMPLAR_VALUE, EXEMPLAR_TIMESTAMP -> Token.INVALID;
    };
  }

  private void skipBlanks() {
    while (at < end && Bytes.isBlank(b[at])) {
      at++;
    }
  }

  /** In front of help text blanks are its beginning, unless nothing else follows in the line. */
  private boolean blanksAreText() {
    if (state != State.META_TEXT) {
      return false;
    }
    int p = at;
    while (p < end && Bytes.isBlank(b[p])) {
      p++;
    }
    return p < end && b[p] != '\n';
  }

  private Token line() {
    int c = current();
    if (Bytes.startsMetricName((byte) c)) {
      return metricName(State.VALUE);
    }
    return switch (c) {
      case 0 -> Token.EOF;
      case '\n' -> single(State.LINE, Token.LINEBREAK);
      case '{' -> single(State.LABELS, Token.BRACE_OPEN);
      case '#' -> comment();
      default -> Token.INVALID;
    };
  }

  private Token comment() {
    at++;
    if (at == end || !Bytes.isBlank(b[at])) {
      return restOfComment();
    }
    skipBlanks();
    state = State.COMMENT;
    if (current() == 'H') {
      return metadata("HELP", Token.HELP);
    }
    return current() == 'T' ? metadata("TYPE", Token.TYPE) : restOfComment();
  }

  private Token metadata(String word, Token token) {
    if (!keyword(word) || !Bytes.isBlank((byte) current())) {
      return restOfComment();
    }
    int c = advance();
    while (Bytes.isBlank((byte) c)) {
      c = advance();
    }
    return become(State.META_NAME, token);
  }

  /** Up to the line feed. A NUL where none may stand is the end of the input. */
  private Token restOfComment() {
    int c = current();
    while (c != '\n') {
      if (c == 0) {
        return Token.EOF;
      }
      c = advance();
    }
    return become(State.LINE, Token.COMMENT);
  }

  private Token metaName() {
    if (b[at] == '"') {
      return quoted(true, State.META_TEXT, Token.METRIC_NAME);
    }
    return Bytes.startsMetricName(b[at]) ? metricName(State.META_TEXT) : Token.INVALID;
  }

  private Token metaText() {
    int c = current();
    while (c != '\n' && c != 0) {
      c = advance();
    }
    return become(State.LINE, Token.TEXT);
  }

  private Token value() {
    if (b[at] == '{') {
      return single(State.LABELS, Token.BRACE_OPEN);
    }
    int p = at;
    while (p < end && b[p] != '{' && !Bytes.isBlank(b[p]) && b[p] != '\n' && b[p] != 0) {
      p++;
    }
    if (p == at) {
      return Token.INVALID;
    }
    at = p;
    return become(State.TIMESTAMP, Token.VALUE);
  }

  private Token timestamp() {
    if (b[at] == '\n') {
      return single(State.LINE, Token.LINEBREAK);
    }
    if (!Bytes.isDigit(b[at])) {
      return Token.INVALID;
    }
    while (at < end && Bytes.isDigit(b[at])) {
      at++;
    }
    return Token.TIMESTAMP;
  }
}
