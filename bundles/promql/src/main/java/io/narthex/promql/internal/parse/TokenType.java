package io.narthex.promql.internal.parse;

/** The kinds of tokens. */
enum TokenType {
  EOF("end of input"),
  ERROR("error"),
  IDENTIFIER("identifier"),
  METRIC_IDENTIFIER("metric identifier"),
  NUMBER("number"),
  DURATION("duration"),
  STRING("string"),
  LEFT_PAREN(""),
  RIGHT_PAREN(""),
  LEFT_BRACE(""),
  RIGHT_BRACE(""),
  LEFT_BRACKET(""),
  RIGHT_BRACKET(""),
  COMMA(""),
  COLON(""),
  /** A single equals sign, which stands between label and value only. */
  EQUAL(""),
  /** One of the binary operators, {@code @}, and the matching operators besides {@code =}. */
  OPERATOR(""),
  AGGREGATOR(""),
  /** Words with a meaning beside operators and aggregators. */
  KEYWORD(""),
  /** {@code start}, {@code end}, {@code step}, {@code range}, {@code min_of}, {@code max_of}. */
  PREPROCESSOR("");

  private final String description;

  TokenType(String description) {
    this.description = description;
  }

  /** What stands before the text of such a token in messages; empty for nothing. */
  String description() {
    return description;
  }
}
