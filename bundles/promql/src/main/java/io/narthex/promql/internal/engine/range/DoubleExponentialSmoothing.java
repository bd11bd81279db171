package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.EvaluationFailure;
import java.util.Locale;

/** {@code double_exponential_smoothing}: Holt's method. */
final class DoubleExponentialSmoothing extends WindowFunction {

  DoubleExponentialSmoothing() {
    super(1);
  }

  /** One sample gives nothing, but its factors are checked. */
  @Override
  protected boolean gives(RangeInput in, int lo, int hi, int step) {
    factor("smoothing", "sf", in.arguments.get(0)[step]);
    factor("trend", "tf", in.arguments.get(1)[step]);
    return hi - lo >= 2;
  }

  private static void factor(String name, String symbol, double v) {
    if (!(v > 0 && v < 1)) {
      throw EvaluationFailure.of(
          "invalid "
              + name
              + " factor. Expected: 0 < "
              + symbol
              + " < 1, got: "
              + (Double.isFinite(v) ? String.format(Locale.ROOT, "%f", v) : special(v)));
    }
  }

  private static String special(double v) {
    return Double.isNaN(v) ? "NaN" : v > 0 ? "+Inf" : "-Inf";
  }

  @Override
  protected double apply(RangeInput in, int lo, int hi, int step) {
    double sf = in.arguments.get(0)[step];
    double tf = in.arguments.get(1)[step];
    double[] values = in.columns.values;
    double before = 0;
    double smoothed = values[lo];
    double trend = values[lo + 1] - values[lo];
    for (int i = lo + 1; i < hi; i++) {
      if (i > lo + 1) {
        trend = tf * (smoothed - before) + (1 - tf) * trend;
      }
      double next = sf * values[i] + (1 - sf) * (smoothed + trend);
      before = smoothed;
      smoothed = next;
    }
    return smoothed;
  }
}
