package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;

/**
 * {@code resets} and {@code changes}: how often one sample differs from the one before it. The
 * transitions of a series are counted once, from its beginning; a window takes a difference.
 */
final class Transitions extends RangeFunction {

  private final boolean resets;
  private final boolean anchored;
  private int[] counts = new int[0];
  private long[] times = new long[0];
  private int[] sources = new int[0];

  /**
   * @param resets whether only decreases count
   * @param anchored whether the last sample before the window is one of it
   */
  Transitions(boolean resets, boolean anchored) {
    this.resets = resets;
    this.anchored = anchored;
  }

  @Override
  public void evaluate(RangeInput in, RowOutput out) {
    if (in.hasHistograms()) {
      evaluateMixed(in, out);
      return;
    }
    Columns c = in.columns;
    ensure(c.size);
    for (int i = 1; i < c.size; i++) {
      counts[i] = counts[i - 1] + (floats(c, i - 1, i) ? 1 : 0);
    }
    for (int k = 0; k < in.steps; k++) {
      int lo = in.lo[k];
      if (in.hi[k] > lo) {
        boolean anchor = lo > 0 && reaches(in, k, c.times[lo - 1]);
        out.set(k, counts[in.hi[k] - 1] - counts[anchor ? lo - 1 : lo]);
      }
    }
  }

  private boolean reaches(RangeInput in, int k, long before) {
    return anchored && before > in.windows.start(k) - in.windows.before();
  }

  private void ensure(int n) {
    if (counts.length < n) {
      counts = new int[n];
    }
    if (n > 0) {
      counts[0] = 0;
    }
  }

  private boolean floats(Columns c, int before, int at) {
    double a = c.values[before];
    double b = c.values[at];
    if (!resets) {
      return a != b && !(Double.isNaN(a) && Double.isNaN(b));
    }
    long[] starts = c.starts;
    return b < a
        || (starts != null
            && StartTimes.isReset(starts[before], c.times[before], starts[at], c.times[at]));
  }

  /** Floats and histograms are one sequence by time; where it goes from one to the other counts. */
  private void evaluateMixed(RangeInput in, RowOutput out) {
    Columns c = in.columns;
    int n = c.size + c.histogramCount;
    ensure(n);
    if (times.length < n) {
      times = new long[n];
      sources = new int[n];
    }
    int i = 0;
    int j = 0;
    for (int m = 0; m < n; m++) {
      boolean isFloat = j == c.histogramCount || (i < c.size && c.times[i] <= c.histogramTimes[j]);
      times[m] = isFloat ? c.times[i] : c.histogramTimes[j];
      sources[m] = isFloat ? i++ : ~j++;
      if (m > 0) {
        counts[m] = counts[m - 1] + (differs(c, sources[m - 1], sources[m]) ? 1 : 0);
      }
    }
    for (int k = 0; k < in.steps; k++) {
      int hi = in.hi[k] + in.histogramHi[k];
      int lo = in.lo[k] + in.histogramLo[k];
      if (hi > lo) {
        boolean anchor = lo > 0 && reaches(in, k, times[lo - 1]);
        out.set(k, counts[hi - 1] - counts[anchor ? lo - 1 : lo]);
      }
    }
  }

  private boolean differs(Columns c, int before, int at) {
    if ((before < 0) != (at < 0)) {
      return true;
    }
    if (at >= 0) {
      return floats(c, before, at);
    }
    FloatHistogram a = c.histograms[~before];
    FloatHistogram b = c.histograms[~at];
    return resets ? HistogramRate.isReset(c, ~at) : !NativeHistogram.same(a, b);
  }
}
