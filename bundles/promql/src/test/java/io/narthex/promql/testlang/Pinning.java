package io.narthex.promql.testlang;

import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.TimeShift;
import java.util.List;
import java.util.Set;

/** Adds {@code @ time} to all selectors and subqueries of an expression. */
final class Pinning {

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
          "start_timestamp",
          "start",
          "end",
          "range",
          "step");

  private Pinning() {}

  /** Whether any function in the expression depends on the time of evaluation. */
  static boolean isStepDependent(Expr e) {
    return switch (e) {
      case Expr.NumberLiteral n -> false;
      case Expr.StringLiteral s -> false;
      case Expr.VectorSelector v -> false;
      case Expr.MatrixSelector m -> false;
      case Expr.Subquery s -> isStepDependent(s.inner());
      case Expr.Paren p -> isStepDependent(p.inner());
      case Expr.Unary u -> isStepDependent(u.operand());
      case Expr.Binary b -> isStepDependent(b.left()) || isStepDependent(b.right());
      case Expr.Aggregate a ->
          isStepDependent(a.inner()) || (a.parameter() != null && isStepDependent(a.parameter()));
      case Expr.Call c ->
          STEP_DEPENDENT.contains(c.function().name())
              || c.arguments().stream().anyMatch(Pinning::isStepDependent);
    };
  }

  static Expr pin(Expr e, long time) {
    return switch (e) {
      case Expr.NumberLiteral n -> n;
      case Expr.StringLiteral s -> s;
      case Expr.VectorSelector v -> selector(v, time);
      case Expr.MatrixSelector m ->
          new Expr.MatrixSelector(m.position(), selector(m.vector(), time), m.range());
      case Expr.Subquery s ->
          s.shift().at() != null
              ? s
              : new Expr.Subquery(
                  s.position(),
                  s.inner(),
                  s.range(),
                  s.step(),
                  new TimeShift(s.shift().offset(), new At.Time(time)));
      case Expr.Paren p -> new Expr.Paren(p.position(), pin(p.inner(), time));
      case Expr.Unary u -> new Expr.Unary(u.position(), u.negative(), pin(u.operand(), time));
      case Expr.Binary b ->
          new Expr.Binary(
              b.position(),
              b.operator(),
              pin(b.left(), time),
              pin(b.right(), time),
              b.matching(),
              b.returnBool());
      case Expr.Aggregate a ->
          new Expr.Aggregate(
              a.position(),
              a.operator(),
              pin(a.inner(), time),
              a.parameter() == null ? null : pin(a.parameter(), time),
              a.grouping(),
              a.without());
      case Expr.Call c ->
          new Expr.Call(
              c.position(),
              c.function(),
              List.copyOf(c.arguments().stream().map(arg -> pin(arg, time)).toList()));
    };
  }

  private static Expr.VectorSelector selector(Expr.VectorSelector v, long time) {
    return v.shift().at() != null
        ? v
        : new Expr.VectorSelector(
            v.position(),
            v.name(),
            v.matchers(),
            new TimeShift(v.shift().offset(), new At.Time(time)),
            v.extension());
  }
}
