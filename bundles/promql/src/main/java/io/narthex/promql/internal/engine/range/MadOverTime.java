package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.Quantiles;

/** {@code mad_over_time}: the median of the distances from the median. */
final class MadOverTime extends WindowFunction {

  private double[] buffer = new double[0];

  MadOverTime() {
    super(1);
  }

  @Override
  protected double apply(RangeInput in, int lo, int hi, int step) {
    int n = hi - lo;
    if (buffer.length < n) {
      buffer = new double[n];
    }
    double[] values = in.columns.values;
    for (int i = lo; i < hi; i++) {
      if (Double.isNaN(values[i])) {
        return Double.NaN;
      }
      buffer[i - lo] = values[i];
    }
    Quantiles.sort(buffer, n);
    double median = Quantiles.of(0.5, buffer, n);
    for (int i = 0; i < n; i++) {
      buffer[i] = Math.abs(buffer[i] - median);
    }
    Quantiles.sort(buffer, n);
    return Quantiles.of(0.5, buffer, n);
  }
}
