package io.narthex.promql.internal.ast;

/** A duration in a range, a subquery's step or an offset, as it was written. */
public sealed interface DurationExpr {

  Position position();

  /**
   * A literal.
   *
   * @param seconds of the number or duration
   * @param millis the same, rounded as literals are
   * @param duration whether it was written with units
   */
  record Literal(Position position, double seconds, long millis, boolean duration)
      implements DurationExpr {}

  /** A sign before an operand. */
  record Unary(Position position, boolean negative, DurationExpr operand) implements DurationExpr {}

  /** One of {@code + - * / % ^}. */
  record Binary(Position position, BinaryOperator operator, DurationExpr left, DurationExpr right)
      implements DurationExpr {}

  /** {@code step()}: the query's resolution; 0 for an instant query. */
  record Step(Position position) implements DurationExpr {}

  /** {@code range()}: the query's end minus its start. */
  record Range(Position position) implements DurationExpr {}

  /** {@code min_of(a, b)} or {@code max_of(a, b)}. */
  record Extreme(Position position, boolean max, DurationExpr left, DurationExpr right)
      implements DurationExpr {}

  /** Parentheses, kept for printing. */
  record Paren(Position position, DurationExpr inner) implements DurationExpr {}
}
