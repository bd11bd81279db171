package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The aggregations by name. */
public final class Aggregations {

  private Aggregations() {}

  /**
   * The operator for an aggregation.
   *
   * @param scalar its parameter, if that is a scalar
   * @param text its parameter, if that is a string
   */
  public static VectorOperator make(
      Expr.Aggregate node,
      VectorOperator input,
      @Nullable ScalarOperator scalar,
      @Nullable String text) {
    List<String> labels = node.grouping();
    boolean without = node.without();
    Position inner = node.inner().position();
    Expr parameter = node.parameter();
    Position argument = parameter == null ? node.position() : parameter.position();
    return switch (node.operator()) {
      case SUM -> new AggregateOperator(input, labels, without, Sum::new, inner);
      case AVG -> new AggregateOperator(input, labels, without, Average::new, inner);
      case COUNT -> counting(input, labels, without, inner, false);
      case GROUP -> counting(input, labels, without, inner, true);
      case MIN ->
          new AggregateOperator(
              input, labels, without, (ex, g, s, p) -> new Extreme(ex, g, s, p, false), inner);
      case MAX ->
          new AggregateOperator(
              input, labels, without, (ex, g, s, p) -> new Extreme(ex, g, s, p, true), inner);
      case STDDEV ->
          new AggregateOperator(
              input, labels, without, (ex, g, s, p) -> new Deviation(ex, g, s, p, true), inner);
      case STDVAR ->
          new AggregateOperator(
              input, labels, without, (ex, g, s, p) -> new Deviation(ex, g, s, p, false), inner);
      case TOPK -> new TopOperator(input, needed(scalar), true, labels, without, inner);
      case BOTTOMK -> new TopOperator(input, needed(scalar), false, labels, without, inner);
      case QUANTILE ->
          new QuantileOperator(input, needed(scalar), labels, without, inner, argument);
      case LIMITK -> new LimitOperator(input, needed(scalar), labels, without);
      case LIMIT_RATIO -> new RatioOperator(input, needed(scalar), argument);
      case COUNT_VALUES ->
          new CountValuesOperator(input, text == null ? "" : text, labels, without);
    };
  }

  private static VectorOperator counting(
      VectorOperator input, List<String> labels, boolean without, Position at, boolean group) {
    return new AggregateOperator(
        input, labels, without, (ex, g, s, p) -> new Count(ex, g, s, p, group), at);
  }

  private static ScalarOperator needed(@Nullable ScalarOperator scalar) {
    if (scalar == null) {
      throw new IllegalStateException("an aggregation without its parameter");
    }
    return scalar;
  }
}
