package io.narthex.promql.internal.engine.function;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.TimeShift;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import io.narthex.promql.internal.engine.plan.Planner;
import io.narthex.promql.internal.engine.select.InstantSelector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans {@code info}: which info series are needed, and as of when. */
final class InfoPlan {

  private static final String DEFAULT_METRIC = "target_info";
  private static final String ANY_INFO = ".+_info";

  private InfoPlan() {}

  static VectorOperator make(Planner planner, Expr.Call call, Steps steps) {
    Expr base = call.arguments().getFirst();
    List<LabelMatcher> names = new ArrayList<>();
    List<LabelMatcher> data = new ArrayList<>();
    if (call.arguments().size() > 1
        && Planner.strip(call.arguments().get(1)) instanceof Expr.VectorSelector v) {
      for (LabelMatcher m : v.matchers()) {
        (m.name().equals(Labels.NAME) ? names : data).add(m);
      }
    }
    if (names.isEmpty()) {
      names.add(LabelMatcher.equal(Labels.NAME, DEFAULT_METRIC));
    } else if (names.stream().allMatch(m -> m.type().isNegative())) {
      names.add(new LabelMatcher(LabelMatcher.Type.REGEX, Labels.NAME, ANY_INFO));
    }
    List<LabelMatcher> all = new ArrayList<>(names);
    all.addAll(data);
    TimeShift shift = shift(base, TimeShift.NONE);
    Expr.VectorSelector info =
        new Expr.VectorSelector(
            call.position(), "", all, shift == null ? TimeShift.NONE : shift, Extension.NONE);
    return new MergeRows(
        new InfoOperator(
            planner.vector(base, steps),
            planner.selector(info, steps, InstantSelector.Part.VALUE),
            planner.selector(info, steps, InstantSelector.Part.TIME),
            names,
            data),
        false);
  }

  /**
   * The times of the first selector in an expression: an inner {@code @} counts, offsets add up.
   */
  private static @Nullable TimeShift shift(Expr e, TimeShift outer) {
    return switch (e) {
      case Expr.NumberLiteral n -> null;
      case Expr.StringLiteral s -> null;
      case Expr.VectorSelector v -> add(outer, v.shift());
      case Expr.MatrixSelector m -> add(outer, m.vector().shift());
      case Expr.Subquery s -> shift(s.inner(), add(outer, s.shift()));
      case Expr.Paren p -> shift(p.inner(), outer);
      case Expr.Unary u -> shift(u.operand(), outer);
      case Expr.Binary b -> {
        TimeShift left = shift(b.left(), outer);
        yield left == null ? shift(b.right(), outer) : left;
      }
      case Expr.Aggregate a -> shift(a.inner(), outer);
      case Expr.Call c -> {
        for (Expr argument : c.arguments()) {
          TimeShift found = shift(argument, outer);
          if (found != null) {
            yield found;
          }
        }
        yield null;
      }
    };
  }

  private static TimeShift add(TimeShift outer, TimeShift inner) {
    At at = inner.at() == null ? outer.at() : inner.at();
    DurationExpr a = inner.at() == null ? outer.offset() : null;
    DurationExpr b = inner.offset();
    if (a == null || b == null) {
      return new TimeShift(a == null ? b : a, at);
    }
    return new TimeShift(
        new DurationExpr.Binary(
            b.position(), io.narthex.promql.internal.ast.BinaryOperator.ADD, a, b),
        at);
  }
}
