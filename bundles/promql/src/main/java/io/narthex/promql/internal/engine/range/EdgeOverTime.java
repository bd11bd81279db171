package io.narthex.promql.internal.engine.range;

/** {@code first_over_time}, {@code last_over_time} and their times. */
final class EdgeOverTime extends RangeFunction {

  private final boolean last;
  private final boolean time;

  EdgeOverTime(boolean last, boolean time) {
    this.last = last;
    this.time = time;
  }

  @Override
  public void evaluate(RangeInput in, RowOutput out) {
    for (int k = 0; k < in.steps; k++) {
      boolean floats = in.hi[k] > in.lo[k];
      if (in.histograms(k) > 0) {
        int i = last ? in.hi[k] - 1 : in.lo[k];
        int j = last ? in.histogramHi[k] - 1 : in.histogramLo[k];
        long h = in.columns.histogramTimes[j];
        boolean histogram = !floats || (last ? in.columns.times[i] <= h : in.columns.times[i] >= h);
        if (histogram) {
          if (time) {
            out.set(k, h / 1000.0);
          } else {
            out.set(k, in.columns.histograms[j]);
          }
          continue;
        }
      }
      if (floats) {
        int i = last ? in.hi[k] - 1 : in.lo[k];
        out.set(k, time ? in.columns.times[i] / 1000.0 : in.columns.values[i]);
      }
    }
  }
}
