package io.narthex.promql.internal.engine.range;

import io.narthex.model.GoQuote;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;

/**
 * {@code rate}, {@code increase} and {@code delta}: the difference between the last and the first
 * sample of a window, extrapolated to its bounds where samples are that near to them.
 *
 * <p>The resets of a counter are found once a series; a window adds up those that lie within it.
 */
final class Rate extends MixedRangeFunction {

  /** Which of the three. */
  enum Kind {
    RATE,
    INCREASE,
    DELTA
  }

  private final boolean counter;
  private final boolean perSecond;
  private final CounterName name = new CounterName();
  private final RateGrid grid;
  private int[] resets = new int[16];
  private int resetCount;
  private int firstReset;
  private long[] starts = new long[0];
  private boolean hasStarts;
  private boolean told;

  Rate(Kind kind) {
    counter = kind != Kind.DELTA;
    perSecond = kind == Kind.RATE;
    grid = new RateGrid(perSecond);
  }

  @Override
  protected void begin(RangeInput in) {
    resetCount = 0;
    firstReset = 0;
    told = false;
    hasStarts = counter && in.columns.starts != null;
    starts = in.columns.starts == null ? new long[0] : in.columns.starts;
    if (counter) {
      findResets(in.columns.values, in.columns.times, in.columns.size);
    }
  }

  private void findResets(double[] values, long[] times, int n) {
    for (int i = 1; i < n; i++) {
      if (values[i] < values[i - 1]
          || (hasStarts && StartTimes.isReset(starts[i - 1], times[i - 1], starts[i], times[i]))) {
        if (resetCount == resets.length) {
          resets = java.util.Arrays.copyOf(resets, resetCount * 2);
        }
        resets[resetCount++] = i;
      }
    }
  }

  @Override
  protected boolean floats(RangeInput in, RowOutput out) {
    if (hasStarts) {
      return false;
    }
    grid.update(in);
    if (grid.isEmpty()) {
      return true;
    }
    if (counter) {
      name.check(in);
    }
    if (!counter) {
      differences(in.columns.values, out.values(), out.offset());
    } else if (resetCount == 0) {
      increases(in.columns.values, out.values(), out.offset());
    } else {
      increasesWithResets(in, out.values(), out.offset());
    }
    out.present(grid.present);
    return true;
  }

  private void differences(double[] values, double[] out, int at) {
    for (int k = 0; k < grid.steps; k++) {
      out[at + k] = (values[grid.last[k]] - values[grid.first[k]]) * grid.factor[k];
    }
  }

  private void increases(double[] values, double[] out, int at) {
    int[] firsts = grid.first;
    int[] lasts = grid.last;
    double[] factors = grid.factor;
    for (int k = 0; k < grid.steps; k++) {
      double first = values[firsts[k]];
      double result = values[lasts[k]] - first;
      double factor = factors[k];
      if (grid.reachesZero(k, first, result)) {
        factor = grid.factorFromZero(k, first, result);
      }
      out[at + k] = result * factor;
    }
  }

  private void increasesWithResets(RangeInput in, double[] out, int at) {
    double[] values = in.columns.values;
    for (int k = 0; k < grid.steps; k++) {
      int lo = grid.first[k];
      int last = grid.last[k];
      if (last == lo) {
        continue;
      }
      double first = values[lo];
      double result = addResets(in, values, lo, last + 1, values[last] - first);
      double factor = grid.factor[k];
      if (grid.reachesZero(k, first, result)) {
        factor = grid.factorFromZero(k, first, result);
      }
      out[at + k] = result * factor;
    }
  }

  @Override
  protected void floats(RangeInput in, int k, int lo, int hi, RowOutput out) {
    long[] times = in.columns.times;
    double[] values = in.columns.values;
    long rangeStart = in.windows.start(k);
    boolean fromStart = hasStarts && countsFrom(starts[lo], rangeStart, times[lo]);
    if (hi - lo < 2 && !fromStart) {
      return;
    }
    double first = values[lo];
    double result = values[hi - 1] - first;
    if (counter) {
      result = addResets(in, values, lo, hi, result);
      if (hasStarts) {
        checkOverlaps(in, times, lo, hi);
      }
      name.check(in);
    }
    if (fromStart) {
      result += first;
    }
    long since = fromStart ? starts[lo] : times[lo];
    out.set(
        k,
        result * factor(in, k, times[lo], times[hi - 1], hi - lo, since, fromStart, first, result));
  }

  @Override
  protected void histograms(RangeInput in, int k, int lo, int hi, RowOutput out) {
    long[] times = in.columns.histogramTimes;
    long[] since = in.columns.histogramStarts;
    boolean fromStart =
        counter && since != null && countsFrom(since[lo], in.windows.start(k), times[lo]);
    if (hi - lo < 2 && !fromStart) {
      return;
    }
    NativeHistogram result = HistogramRate.difference(in, lo, hi, counter, fromStart);
    in.worked((hi - lo) * 64);
    if (result == null) {
      return;
    }
    long start = fromStart && since != null ? since[lo] : times[lo];
    double first = in.columns.histograms[lo].count();
    double factor =
        factor(in, k, times[lo], times[hi - 1], hi - lo, start, fromStart, first, result.count());
    out.set(k, result.multiply(factor).toFloat());
  }

  /**
   * By how much a difference grows when it is extrapolated.
   *
   * @param since from when the difference counts: the first sample or the start before it
   * @param first the value or count of the first sample
   * @param result the difference, or that of the counts
   */
  private double factor(
      RangeInput in,
      int k,
      long firstTime,
      long lastTime,
      int samples,
      long since,
      boolean fromStart,
      double first,
      double result) {
    double sampled = (lastTime - since) / 1000.0;
    double average = (lastTime - firstTime) / 1000.0 / Math.max(1, samples - 1);
    double threshold = average * 1.1;
    double toStart = 0;
    if (!fromStart) {
      toStart = (firstTime - in.windows.start(k)) / 1000.0;
      if (toStart >= threshold) {
        toStart = average / 2;
      }
      if (counter && result > 0 && first >= 0) {
        toStart = Math.min(toStart, sampled * (first / result));
      }
    }
    double toEnd = (in.windows.end(k) - lastTime) / 1000.0;
    if (toEnd >= threshold) {
      toEnd = average / 2;
    }
    double factor = (sampled + toStart + toEnd) / sampled;
    return perSecond ? factor / (in.windows.range() / 1000.0) : factor;
  }

  /** Whether the counter is known to have been 0 within the window, before the first sample. */
  private static boolean countsFrom(long start, long rangeStart, long first) {
    return start != 0 && start > rangeStart && start < first;
  }

  /** Adds what was counted before each reset behind the first sample. */
  private double addResets(RangeInput in, double[] values, int lo, int hi, double difference) {
    while (firstReset < resetCount && resets[firstReset] <= lo) {
      firstReset++;
    }
    double result = difference;
    int r = firstReset;
    for (; r < resetCount && resets[r] < hi; r++) {
      result += values[resets[r] - 1];
    }
    in.worked(r - firstReset);
    return result;
  }

  private void checkOverlaps(RangeInput in, long[] times, int lo, int hi) {
    for (int i = lo + 1; i < hi && !told; i++) {
      if (StartTimes.overlaps(starts[i - 1], times[i - 1], starts[i])) {
        told = true;
        in.ex
            .notes()
            .warn(
                "sample has start time that overlaps with previous sample timestamp for metric "
                    + GoQuote.quote(in.labels.metricName()),
                in.position);
      }
    }
  }
}
