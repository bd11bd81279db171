package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.CompensatedSum;

/** {@code avg_over_time}: the compensated sum divided, or a moving mean where that overflows. */
final class AvgOverTime extends MixedRangeFunction {

  private final SlidingSums sums = new SlidingSums();
  private final CompensatedSum mean = new CompensatedSum();

  @Override
  protected void begin(RangeInput in) {
    sums.begin(in);
  }

  @Override
  protected void floats(RangeInput in, int k, int lo, int hi, RowOutput out) {
    CompensatedSum sum = sums.of(lo, hi);
    double n = hi - lo;
    if (Double.isFinite(sum.sum)) {
      out.set(k, sum.sum / n + sum.rest / n);
    } else {
      in.worked(hi - lo);
      out.set(k, moving(in.columns.values, lo, hi));
    }
  }

  private double moving(double[] values, int lo, int hi) {
    mean.set(values[lo], 0);
    boolean incremental = false;
    for (int i = lo + 1; i < hi; i++) {
      double x = values[i];
      double n = i - lo + 1.0;
      if (!incremental) {
        double sum = mean.sum;
        double rest = mean.rest;
        mean.add(x);
        if (!Double.isInfinite(mean.sum)) {
          continue;
        }
        incremental = true;
        mean.set(sum / (n - 1), rest / (n - 1));
      }
      double q = (n - 1) / n;
      mean.set(q * mean.sum, q * mean.rest);
      mean.add(x / n);
    }
    double n = hi - lo;
    return incremental ? mean.sum + mean.rest : mean.sum / n + mean.rest / n;
  }

  @Override
  protected void histograms(RangeInput in, int k, int lo, int hi, RowOutput out) {
    HistogramSums.set(in, k, lo, hi, true, out);
  }
}
