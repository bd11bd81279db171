package io.narthex.promql.internal.engine.function;

/** The inverse hyperbolic functions, by the formulas of FreeBSD's msun (s_asinh.c and others). */
final class Hyperbolic {

  private static final double LN2 = Math.log(2);
  private static final double TINY = 0x1p-28;
  private static final double LARGE = 0x1p28;

  private Hyperbolic() {}

  static double asinh(double v) {
    double x = Math.abs(v);
    if (Double.isNaN(v) || Double.isInfinite(v) || x < TINY) {
      return v;
    }
    double r;
    if (x > LARGE) {
      r = Math.log(x) + LN2;
    } else if (x > 2) {
      r = Math.log(2 * x + 1 / (Math.sqrt(x * x + 1) + x));
    } else {
      r = Math.log1p(x + x * x / (1 + Math.sqrt(1 + x * x)));
    }
    return v < 0 ? -r : r;
  }

  static double acosh(double x) {
    if (!(x >= 1)) {
      return Double.NaN;
    }
    if (x >= LARGE) {
      return Math.log(x) + LN2;
    }
    if (x > 2) {
      return Math.log(2 * x - 1 / (x + Math.sqrt(x * x - 1)));
    }
    double t = x - 1;
    return Math.log1p(t + Math.sqrt(2 * t + t * t));
  }

  static double atanh(double v) {
    double x = Math.abs(v);
    if (!(x <= 1)) {
      return Double.NaN;
    }
    if (x < TINY) {
      return v;
    }
    double r;
    if (x == 1) {
      r = Double.POSITIVE_INFINITY;
    } else if (x < 0.5) {
      double t = x + x;
      r = 0.5 * Math.log1p(t + t * x / (1 - x));
    } else {
      r = 0.5 * Math.log1p((x + x) / (1 - x));
    }
    return v < 0 ? -r : r;
  }
}
