package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.CompensatedSum;

/** {@code stddev_over_time} and {@code stdvar_over_time}: Welford's method with compensation. */
final class DeviationOverTime extends WindowFunction {

  private final boolean root;
  private final CompensatedSum mean = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();

  DeviationOverTime(boolean root) {
    super(1);
    this.root = root;
  }

  @Override
  protected double apply(RangeInput in, int lo, int hi, int step) {
    double[] values = in.columns.values;
    mean.reset();
    squares.reset();
    for (int i = lo; i < hi; i++) {
      double v = values[i];
      double delta = v - (mean.sum + mean.rest);
      mean.add(delta / (i - lo + 1));
      squares.add(delta * (v - (mean.sum + mean.rest)));
    }
    double variance = (squares.sum + squares.rest) / (hi - lo);
    return root ? Math.sqrt(variance) : variance;
  }
}
