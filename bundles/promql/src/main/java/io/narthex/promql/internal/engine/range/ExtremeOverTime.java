package io.narthex.promql.internal.engine.range;

/**
 * {@code min_over_time}, {@code max_over_time} and their times. NaN is the result only where
 * nothing else is there. The candidates of a window wait in a queue in which each is better than
 * those behind it, so that a sample enters and leaves once.
 */
final class ExtremeOverTime extends FloatRangeFunction {

  private final boolean max;
  private final boolean time;
  private int[] queue = new int[0];

  /**
   * @param time whether the time of the last such sample is given, in seconds
   */
  ExtremeOverTime(boolean max, boolean time) {
    this.max = max;
    this.time = time;
  }

  @Override
  protected void evaluateFloats(RangeInput in, RowOutput out) {
    double[] values = in.columns.values;
    if (queue.length < in.columns.size) {
      queue = new int[in.columns.size];
    }
    int head = 0;
    int tail = 0;
    int seen = 0;
    for (int k = 0; k < in.steps; k++) {
      int lo = in.lo[k];
      int hi = in.hi[k];
      if (hi <= lo) {
        continue;
      }
      for (seen = Math.max(seen, lo); seen < hi; seen++) {
        double v = values[seen];
        if (Double.isNaN(v)) {
          continue;
        }
        while (tail > head && !better(values[queue[tail - 1]], v)) {
          tail--;
        }
        queue[tail++] = seen;
      }
      while (head < tail && queue[head] < lo) {
        head++;
      }
      int best = head < tail ? queue[head] : hi - 1;
      out.set(k, time ? in.columns.times[best] / 1000.0 : values[best]);
      if (head == tail) {
        head = 0;
        tail = 0;
      }
    }
  }

  /** Whether {@code a} stays ahead of a later {@code b}: of equal ones the later is kept. */
  private boolean better(double a, double b) {
    return max ? a > b : a < b;
  }
}
