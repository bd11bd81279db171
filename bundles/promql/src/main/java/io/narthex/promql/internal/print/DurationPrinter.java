package io.narthex.promql.internal.print;

import io.narthex.model.GoFloat;
import io.narthex.model.PromDuration;
import io.narthex.promql.internal.ast.DurationExpr;

/** Durations as text. */
final class DurationPrinter {

  private DurationPrinter() {}

  /** Literals in units; arithmetic as it was written. */
  static String print(DurationExpr d) {
    return d instanceof DurationExpr.Literal l ? PromDuration.format(l.millis()) : arithmetic(d);
  }

  private static String arithmetic(DurationExpr d) {
    return switch (d) {
      case DurationExpr.Literal l ->
          l.duration() ? PromDuration.format(l.millis()) : GoFloat.g(l.seconds());
      case DurationExpr.Unary u -> (u.negative() ? "-" : "+") + arithmetic(u.operand());
      case DurationExpr.Binary b ->
          arithmetic(b.left()) + " " + b.operator().symbol() + " " + arithmetic(b.right());
      case DurationExpr.Step s -> "step()";
      case DurationExpr.Range r -> "range()";
      case DurationExpr.Extreme e ->
          (e.max() ? "max_of(" : "min_of(")
              + arithmetic(e.left())
              + ", "
              + arithmetic(e.right())
              + ")";
      case DurationExpr.Paren p -> "(" + arithmetic(p.inner()) + ")";
    };
  }
}
