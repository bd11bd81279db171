package io.narthex.promql.internal.engine.plan;

import io.narthex.promql.internal.ast.Expr;
import java.util.Set;

/** Finds the parts of an expression that have the same result at every step. */
final class Invariance {

  /** Functions whose result depends on the step even if their arguments do not. */
  private static final Set<String> STEP_DEPENDENT =
      Set.of(
          "days_in_month",
          "day_of_month",
          "day_of_week",
          "day_of_year",
          "hour",
          "minute",
          "month",
          "year",
          "predict_linear",
          "time",
          "timestamp",
          "start_timestamp");

  private Invariance() {}

  static boolean holds(Expr e) {
    return switch (e) {
      case Expr.NumberLiteral n -> true;
      case Expr.StringLiteral s -> true;
      case Expr.VectorSelector v -> v.shift().at() != null;
      case Expr.MatrixSelector m -> m.vector().shift().at() != null;
      case Expr.Subquery s -> s.shift().at() != null;
      case Expr.Paren p -> holds(p.inner());
      case Expr.Unary u -> holds(u.operand());
      case Expr.Binary b -> holds(b.left()) && holds(b.right());
      case Expr.Aggregate a -> holds(a.inner()) && (a.parameter() == null || holds(a.parameter()));
      case Expr.Call c ->
          !STEP_DEPENDENT.contains(c.function().name())
              && c.arguments().stream().allMatch(Invariance::holds);
    };
  }
}
