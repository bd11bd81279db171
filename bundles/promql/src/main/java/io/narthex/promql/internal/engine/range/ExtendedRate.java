package io.narthex.promql.internal.engine.range;

/**
 * {@code rate}, {@code increase} and {@code delta} of an anchored or smoothed range: the difference
 * between the values at its bounds, which are those of the samples next to them or interpolated;
 * nothing is extrapolated.
 */
final class ExtendedRate extends RangeFunction {

  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;
  private final ExtendedHistogramRate histograms;
  private final CounterName name = new CounterName();

  ExtendedRate(Rate.Kind kind, boolean smoothed) {
    counter = kind != Rate.Kind.DELTA;
    perSecond = kind == Rate.Kind.RATE;
    this.smoothed = smoothed;
    this.histograms = new ExtendedHistogramRate(counter, perSecond, smoothed);
  }

  @Override
  public void evaluate(RangeInput in, RowOutput out) {
    for (int k = 0; k < in.steps; k++) {
      if (!in.hasHistograms()) {
        window(in, k, out);
      } else if (in.hi[k] > in.lo[k] && in.histograms(k) > 0) {
        in.ex.notes().mixedFloatsHistograms(in.labels.metricName(), in.position);
      } else if (in.columns.size == 0 || in.hi[k] == in.lo[k]) {
        histograms.window(in, k, out);
      } else {
        window(in, k, out);
      }
    }
  }

  private void window(RangeInput in, int k, RowOutput out) {
    long[] times = in.columns.times;
    long start = in.windows.start(k);
    long end = in.windows.end(k);
    int first = in.lo[k];
    if (first > 0 && times[first - 1] > start - in.windows.before()) {
      first--;
    }
    int last = in.hi[k] - 1;
    boolean exact = last >= first && last >= 0 && times[last] == end;
    if (smoothed
        && !exact
        && last + 1 < in.columns.size
        && times[last + 1] <= end + in.windows.after()) {
      last++;
    }
    if (last < first || times[last] <= start || times[first] > end) {
      return;
    }
    double[] values = in.columns.values;
    double left = smoothed && times[first] < start ? interpolate(in, first, start) : values[first];
    double right =
        smoothed && last > first && times[last] > end
            ? interpolate(in, last - 1, end)
            : values[last];
    double result = right - left;
    if (counter) {
      int from = times[first] <= start ? first + 1 : first;
      int to = times[last] >= end ? last - 1 : last;
      result += resets(values, from, to, left, right);
      in.worked(Math.max(0, to - from));
      name.check(in);
    }
    out.set(k, perSecond ? result / (in.windows.range() / 1000.0) : result);
  }

  /** The value at {@code t} between sample {@code i} and the next. */
  private double interpolate(RangeInput in, int i, long t) {
    double a = in.columns.values[i];
    double b = in.columns.values[i + 1];
    long from = in.columns.times[i];
    if (counter && b < a) {
      a = 0;
    }
    return a + (b - a) * (double) (t - from) / (double) (in.columns.times[i + 1] - from);
  }

  private static double resets(double[] values, int from, int to, double left, double right) {
    double correction = 0;
    double previous = left;
    for (int i = from; i <= to; i++) {
      if (values[i] < previous) {
        correction += previous;
      }
      previous = values[i];
    }
    return right < previous ? correction + previous : correction;
  }
}
