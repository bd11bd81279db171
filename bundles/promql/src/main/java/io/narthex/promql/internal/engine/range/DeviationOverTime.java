package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.CompensatedSum;

/**
 * {@code stddev_over_time} and {@code stdvar_over_time}: Welford's method, with compensation where
 * each window is computed for itself.
 */
final class DeviationOverTime extends FloatRangeFunction {

  private final boolean root;
  private final CompensatedSum mean = new CompensatedSum();
  private final CompensatedSum squares = new CompensatedSum();
  private final SlidingMoments moments = new SlidingMoments();

  DeviationOverTime(boolean root) {
    this.root = root;
  }

  @Override
  protected void evaluateFloats(RangeInput in, RowOutput out) {
    boolean sliding = in.visible() > 6L * in.columns.size + in.steps;
    if (sliding) {
      moments.begin(in);
    }
    for (int k = 0; k < in.steps; k++) {
      int lo = in.lo[k];
      int hi = in.hi[k];
      if (hi > lo) {
        double v = sliding ? moments.variance(lo, hi) : variance(in, lo, hi);
        out.set(k, root ? Math.sqrt(v) : v);
      }
    }
  }

  private double variance(RangeInput in, int lo, int hi) {
    double[] values = in.columns.values;
    mean.reset();
    squares.reset();
    in.worked(hi - lo);
    for (int i = lo; i < hi; i++) {
      double v = values[i];
      double delta = v - (mean.sum + mean.rest);
      mean.add(delta / (i - lo + 1));
      squares.add(delta * (v - (mean.sum + mean.rest)));
    }
    return (squares.sum + squares.rest) / (hi - lo);
  }
}
