package io.narthex.exposition.internal;

/**
 * The tokens of OpenMetrics. The one space in front of a value, timestamp or text belongs to it.
 */
final class OpenMetricsLexer extends Lexer {

  @Override
  Token next() {
    if (at >= end) {
      return Token.EOF;
    }
    start = at;
    return switch (state) {
      case LINE -> line();
      case META_NAME -> metaName();
      case META_TEXT -> metaText();
      case VALUE ->
          b[at] == '{'
              ? single(State.LABELS, Token.BRACE_OPEN)
              : spaced(State.TIMESTAMP, Token.VALUE);
      case LABELS -> inLabels();
      case LABEL_VALUE ->
          b[at] == '"' ? quoted(false, State.LABELS, Token.LABEL_VALUE) : Token.INVALID;
      case TIMESTAMP -> timestamp();
      case EXEMPLAR -> exemplar();
      case EXEMPLAR_VALUE ->
          b[at] == '"'
              ? quoted(false, State.EXEMPLAR, Token.LABEL_VALUE)
              : spaced(State.EXEMPLAR_TIMESTAMP, Token.VALUE);
      case EXEMPLAR_TIMESTAMP ->
          b[at] == '\n'
              ? single(State.LINE, Token.LINEBREAK)
              : spaced(State.EXEMPLAR_TIMESTAMP, Token.TIMESTAMP);
      // Left only by way of a keyword, or by an error.
      case COMMENT -> Token.INVALID;
    };
  }

  private Token line() {
    byte c = b[at];
    if (Bytes.startsMetricName(c)) {
      return metricName(State.VALUE);
    }
    if (c == '{') {
      return single(State.LABELS, Token.BRACE_OPEN);
    }
    if (c != '#' || advance() != ' ') {
      return Token.INVALID;
    }
    advance();
    state = State.COMMENT;
    return switch (current()) {
      case 'H' -> metadata("HELP ", Token.HELP);
      case 'T' -> metadata("TYPE ", Token.TYPE);
      case 'U' -> metadata("UNIT ", Token.UNIT);
      case 'E' -> endOfFile();
      default -> Token.INVALID;
    };
  }

  private Token metadata(String word, Token token) {
    return keyword(word) ? become(State.META_NAME, token) : Token.INVALID;
  }

  private Token endOfFile() {
    if (!keyword("EOF")) {
      return Token.INVALID;
    }
    if (current() == '\n') {
      at++;
    }
    return become(State.LINE, Token.EOF_WORD);
  }

  private Token metaName() {
    if (b[at] == '"') {
      return quoted(true, State.META_TEXT, Token.METRIC_NAME);
    }
    return Bytes.startsMetricName(b[at]) ? metricName(State.META_TEXT) : Token.INVALID;
  }

  private Token metaText() {
    if (b[at] != ' ') {
      return Token.INVALID;
    }
    int c = advance();
    while (c != '\n') {
      if (c == 0) {
        return Token.INVALID;
      }
      c = advance();
    }
    at++;
    return become(State.LINE, Token.TEXT);
  }

  /** One space and at least one byte that is neither space nor line feed. */
  private Token spaced(State next, Token token) {
    if (b[at] != ' ') {
      return Token.INVALID;
    }
    at++;
    int from = at;
    while (at < end && b[at] != ' ' && b[at] != '\n' && b[at] != 0) {
      at++;
    }
    return at == from ? Token.INVALID : become(next, token);
  }

  private Token timestamp() {
    if (b[at] == '\n') {
      return single(State.LINE, Token.LINEBREAK);
    }
    if (Bytes.at(b, at, end, " # ")) {
      at += 3;
      return current() == '{' ? single(State.EXEMPLAR, Token.COMMENT) : Token.INVALID;
    }
    return spaced(State.TIMESTAMP, Token.TIMESTAMP);
  }

  private Token exemplar() {
    byte c = b[at];
    if (Bytes.startsLabelName(c)) {
      return labelName();
    }
    return switch (c) {
      case '"' -> quoted(false, State.EXEMPLAR, Token.QUOTED);
      case '}' -> single(State.EXEMPLAR_VALUE, Token.BRACE_CLOSE);
      case '=' -> single(State.EXEMPLAR_VALUE, Token.EQUAL);
      case ',' -> single(State.EXEMPLAR, Token.COMMA);
      default -> Token.INVALID;
    };
  }
}
