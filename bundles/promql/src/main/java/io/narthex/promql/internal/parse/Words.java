package io.narthex.promql.internal.parse;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The words that mean something, and where they may stand for a name all the same. */
final class Words {

  private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "atan2");

  private static final Set<String> AGGREGATORS =
      Set.of(
          "sum",
          "avg",
          "count",
          "min",
          "max",
          "group",
          "stddev",
          "stdvar",
          "topk",
          "bottomk",
          "count_values",
          "quantile",
          "limitk",
          "limit_ratio");

  private static final Set<String> KEYWORDS =
      Set.of(
          "offset",
          "smoothed",
          "anchored",
          "by",
          "without",
          "on",
          "ignoring",
          "group_left",
          "group_right",
          "fill",
          "fill_left",
          "fill_right",
          "bool");

  static final Set<String> PREPROCESSORS =
      Set.of("start", "end", "step", "range", "max_of", "min_of");

  private static final Set<String> NO_METRIC =
      Set.of("bool", "on", "ignoring", "group_left", "group_right", "atan2");

  private static final Map<String, TokenType> NUMBERS =
      Map.of("inf", TokenType.NUMBER, "nan", TokenType.NUMBER);

  private Words() {}

  /** The type of a word outside braces. */
  static TokenType classify(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    if (OPERATORS.contains(lower)) {
      return TokenType.OPERATOR;
    }
    if (AGGREGATORS.contains(lower)) {
      return TokenType.AGGREGATOR;
    }
    if (KEYWORDS.contains(lower)) {
      return TokenType.KEYWORD;
    }
    if (PREPROCESSORS.contains(lower)) {
      return TokenType.PREPROCESSOR;
    }
    TokenType number = NUMBERS.get(lower);
    if (number != null) {
      return number;
    }
    return word.indexOf(':') >= 0 ? TokenType.METRIC_IDENTIFIER : TokenType.IDENTIFIER;
  }

  /** Whether the token may be the bare name of a metric. */
  static boolean canBeMetric(Token t) {
    return switch (t.type()) {
      case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, PREPROCESSOR -> true;
      case KEYWORD -> !NO_METRIC.contains(t.lower());
      case OPERATOR -> isWord(t) && !NO_METRIC.contains(t.lower());
      default -> false;
    };
  }

  /** Whether the token may be a label in a grouping list. */
  static boolean canBeGroupingLabel(Token t) {
    return switch (t.type()) {
      case IDENTIFIER, METRIC_IDENTIFIER, AGGREGATOR, PREPROCESSOR -> true;
      case KEYWORD -> !t.lower().equals("without");
      case OPERATOR -> isWord(t);
      default -> false;
    };
  }

  private static boolean isWord(Token t) {
    return OPERATORS.contains(t.lower());
  }
}
