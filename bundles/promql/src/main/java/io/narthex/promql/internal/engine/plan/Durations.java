package io.narthex.promql.internal.engine.plan;

import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.EvaluationFailure;

/** Computes the durations of ranges, steps and offsets, in which the query's own may be used. */
final class Durations {

  private final double stepSeconds;
  private final double rangeSeconds;

  Durations(double stepSeconds, double rangeSeconds) {
    this.stepSeconds = stepSeconds;
    this.rangeSeconds = rangeSeconds;
  }

  /** The milliseconds of a range or step, which must be positive. */
  long positive(DurationExpr e) {
    long millis = millis(e);
    if (millis <= 0) {
      throw failure(e.position(), "duration must be greater than 0");
    }
    return millis;
  }

  /** The milliseconds; literals are rounded as the parser did, computed values cut off. */
  long millis(DurationExpr e) {
    if (e instanceof DurationExpr.Literal l) {
      return l.millis();
    }
    double seconds = seconds(e);
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
      throw failure(e.position(), "duration is NaN or infinite");
    }
    if (Math.abs(seconds) >= 0x1p63 / 1e9) {
      throw failure(e.position(), "duration is out of range");
    }
    return (long) (seconds * 1000);
  }

  private double seconds(DurationExpr e) {
    return switch (e) {
      case DurationExpr.Literal l -> l.seconds();
      case DurationExpr.Unary u -> u.negative() ? -seconds(u.operand()) : seconds(u.operand());
      case DurationExpr.Paren p -> seconds(p.inner());
      case DurationExpr.Step s -> stepSeconds;
      case DurationExpr.Range r -> rangeSeconds;
      case DurationExpr.Extreme x ->
          x.max()
              ? Math.max(seconds(x.left()), seconds(x.right()))
              : Math.min(seconds(x.left()), seconds(x.right()));
      case DurationExpr.Binary b -> binary(b, seconds(b.left()), seconds(b.right()));
    };
  }

  private static double binary(DurationExpr.Binary b, double x, double y) {
    return switch (b.operator()) {
      case ADD -> x + y;
      case SUB -> x - y;
      case MUL -> x * y;
      case DIV -> {
        if (y == 0) {
          throw failure(b.position(), "division by zero");
        }
        yield x / y;
      }
      case MOD -> {
        if (y == 0) {
          throw failure(b.position(), "modulo by zero");
        }
        yield x % y;
      }
      case POW -> Math.pow(x, y);
      default -> throw failure(b.position(), "unexpected operator " + b.operator().symbol());
    };
  }

  private static EvaluationFailure failure(Position at, String text) {
    return EvaluationFailure.of(at.start() + ":" + at.end() + ": " + text);
  }
}
