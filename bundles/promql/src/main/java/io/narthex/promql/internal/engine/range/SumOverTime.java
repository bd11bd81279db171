package io.narthex.promql.internal.engine.range;

/** {@code sum_over_time}: compensated. */
final class SumOverTime extends MixedRangeFunction {

  private final SlidingSums sums = new SlidingSums();

  @Override
  protected void begin(RangeInput in) {
    sums.begin(in);
  }

  @Override
  protected void floats(RangeInput in, int k, int lo, int hi, RowOutput out) {
    out.set(k, sums.of(lo, hi).value());
  }

  @Override
  protected void histograms(RangeInput in, int k, int lo, int hi, RowOutput out) {
    HistogramSums.set(in, k, lo, hi, false, out);
  }
}
