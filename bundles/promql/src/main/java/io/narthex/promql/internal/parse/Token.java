package io.narthex.promql.internal.parse;

import io.narthex.model.GoQuote;
import io.narthex.promql.internal.ast.Position;
import java.util.Locale;

/**
 * A piece of a query's text.
 *
 * @param text as it was written; the message of an {@link TokenType#ERROR}
 */
record Token(TokenType type, int start, int end, String text) {

  Position position() {
    return new Position(start, end);
  }

  boolean is(TokenType other) {
    return type == other;
  }

  /** Whether this is the word or operator, in any case of letters. */
  boolean is(TokenType other, String word) {
    return type == other && text.equalsIgnoreCase(word);
  }

  String lower() {
    return text.toLowerCase(Locale.ROOT);
  }

  /** How messages name this token. */
  String describe() {
    return switch (type) {
      case EOF -> type.description();
      case KEYWORD -> "<" + text + ">";
      case OPERATOR -> "<op:" + text + ">";
      case AGGREGATOR -> "<aggr:" + text + ">";
      case IDENTIFIER, METRIC_IDENTIFIER -> type.description() + " " + GoQuote.quote(text);
      case NUMBER, DURATION, STRING -> type.description() + " " + shortened();
      default -> shortened();
    };
  }

  private String shortened() {
    if (text.length() <= 10) {
      return GoQuote.quote(text);
    }
    int end = text.offsetByCodePoints(0, Math.min(10, text.codePointCount(0, text.length())));
    return GoQuote.quote(text.substring(0, end)) + "...";
  }
}
