package io.narthex.promql.internal.engine.range;

import java.util.Arrays;

/**
 * What a rate takes from the times of samples alone: which two samples of each window count, and by
 * how much their difference grows when it is extrapolated. Found once for all series that have the
 * same times; a window without a rate takes the first sample twice, which costs no branch.
 */
final class RateGrid {

  /**
   * Comparisons by products instead of quotients may be off by a few bits; what is that near is
   * decided by the quotient.
   */
  private static final double MARGIN = 1 + 1e-9;

  private final boolean perSecond;
  private int grid;
  private boolean empty = true;
  private double seconds;

  int steps;
  int[] first = new int[0];
  int[] last = new int[0];

  /** By what a difference is multiplied if it is extrapolated all the way. */
  double[] factor = new double[0];

  /** The seconds from the first to the last sample. */
  private double[] sampled = new double[0];

  /** The seconds that are added before the first sample, and behind the last. */
  private double[] before = new double[0];

  private double[] after = new double[0];

  /** The steps that have a rate, as a bitmap. */
  long[] present = new long[0];

  RateGrid(boolean perSecond) {
    this.perSecond = perSecond;
  }

  /** Whether no step has a rate. */
  boolean isEmpty() {
    return empty;
  }

  void update(RangeInput in) {
    if (in.grid == grid) {
      return;
    }
    grid = in.grid;
    if (first.length == 0) {
      steps = in.steps;
      first = new int[steps];
      last = new int[steps];
      factor = new double[steps];
      sampled = new double[steps];
      before = new double[steps];
      after = new double[steps];
      present = new long[(steps + 63) >>> 6];
    }
    seconds = in.windows.range() / 1000.0;
    empty = true;
    Arrays.fill(present, 0);
    for (int k = 0; k < steps; k++) {
      if (in.hi[k] - in.lo[k] < 2) {
        first[k] = 0;
        last[k] = 0;
        factor[k] = 0;
        sampled[k] = 0;
        before[k] = 0;
        after[k] = 0;
      } else {
        extrapolate(in, k, in.lo[k], in.hi[k]);
      }
    }
  }

  private void extrapolate(RangeInput in, int k, int lo, int hi) {
    long[] times = in.columns.times;
    long from = times[lo];
    long to = times[hi - 1];
    double interval = (to - from) / 1000.0;
    double average = interval / (hi - lo - 1);
    double threshold = average * 1.1;
    double toStart = (from - in.windows.start(k)) / 1000.0;
    double toEnd = (in.windows.end(k) - to) / 1000.0;
    first[k] = lo;
    last[k] = hi - 1;
    sampled[k] = interval;
    before[k] = toStart >= threshold ? average / 2 : toStart;
    after[k] = toEnd >= threshold ? average / 2 : toEnd;
    factor[k] = factor(k, before[k]);
    present[k >>> 6] |= 1L << k;
    empty = false;
  }

  private double factor(int k, double toStart) {
    double f = (sampled[k] + toStart + after[k]) / sampled[k];
    return perSecond ? f / seconds : f;
  }

  /** Whether a counter, extrapolated to the start of the window, may have begun within it. */
  boolean reachesZero(int k, double first, double result) {
    return sampled[k] * first < before[k] * result * MARGIN && result > 0 && first >= 0;
  }

  /** The factor for a counter that is not extrapolated to before it was zero. */
  double factorFromZero(int k, double first, double result) {
    return factor(k, Math.min(before[k], sampled[k] * (first / result)));
  }
}
