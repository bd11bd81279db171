package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.histogram.HistogramInterpolation;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;

/** The part of {@link ExtendedRate} that is for native histograms. */
final class ExtendedHistogramRate {

  private final boolean counter;
  private final boolean perSecond;
  private final boolean smoothed;

  ExtendedHistogramRate(boolean counter, boolean perSecond, boolean smoothed) {
    this.counter = counter;
    this.perSecond = perSecond;
    this.smoothed = smoothed;
  }

  void window(RangeInput in, int k, RowOutput out) {
    long[] times = in.columns.histogramTimes;
    FloatHistogram[] all = in.columns.histograms;
    long start = in.windows.start(k);
    long end = in.windows.end(k);
    int first = in.histogramLo[k];
    if (first > 0 && times[first - 1] > start - in.windows.before()) {
      first--;
    }
    int last = in.histogramHi[k] - 1;
    boolean exact = last >= first && last >= 0 && times[last] == end;
    if (smoothed
        && !exact
        && last + 1 < in.columns.histogramCount
        && times[last + 1] <= end + in.windows.after()) {
      last++;
    }
    if (last < first || times[last] <= start || times[first] > end) {
      return;
    }
    tellKind(in, all, first, last);
    for (int i = first + 1; i <= last; i++) {
      if (all[i].usesCustomBuckets() != all[first].usesCustomBuckets()) {
        in.ex.notes().mixedSchemas(in.labels.metricName(), in.position);
        return;
      }
    }
    boolean leftBetween = smoothed && times[first] < start && first < last;
    boolean rightBetween = smoothed && last > first && times[last] > end;
    NativeHistogram left = leftBetween ? between(in, first, start) : NativeHistogram.of(all[first]);
    NativeHistogram right =
        rightBetween ? between(in, last - 1, end) : NativeHistogram.of(all[last]);
    NativeHistogram result = right.copy();
    NativeHistogram.Outcome outcome = result.subtract(left);
    in.ex.notes().combined(reconciledOnly(outcome), "subtraction", in.position);
    if (counter) {
      // Where a bound lies between two samples their reset is part of the value there.
      int from = leftBetween ? first + 2 : first + 1;
      int to = rightBetween ? last - 1 : last;
      for (int i = from; i <= to; i++) {
        if (HistogramRate.isReset(in.columns, i)) {
          result.add(NativeHistogram.of(all[i - 1]));
        }
      }
      if (rightBetween && last - 1 >= from - 1 && HistogramRate.isReset(in.columns, last)) {
        if (!(leftBetween && last == first + 1)) {
          result.add(NativeHistogram.of(all[last - 1]));
        }
      }
    }
    if (perSecond) {
      result.divide(in.windows.range() / 1000.0);
    }
    out.set(k, result.hint(CounterResetHint.GAUGE).toFloat());
  }

  private static NativeHistogram.Outcome reconciledOnly(NativeHistogram.Outcome outcome) {
    return outcome == NativeHistogram.Outcome.RECONCILED ? outcome : NativeHistogram.Outcome.PLAIN;
  }

  private void tellKind(RangeInput in, FloatHistogram[] all, int first, int last) {
    String metric = in.labels.metricName();
    if (!counter) {
      if (all[first].hint() != CounterResetHint.GAUGE
          || all[last].hint() != CounterResetHint.GAUGE) {
        in.ex.notes().notGauge(metric, in.position);
      }
      return;
    }
    for (int i = first; i <= last; i++) {
      if (all[i].hint() == CounterResetHint.GAUGE) {
        in.ex.notes().notCounter(metric, in.position);
        return;
      }
    }
  }

  private NativeHistogram between(RangeInput in, int i, long t) {
    NativeHistogram value =
        HistogramInterpolation.interpolate(
            in.columns.histograms[i],
            in.columns.histogramTimes[i],
            in.columns.histograms[i + 1],
            in.columns.histogramTimes[i + 1],
            t,
            counter);
    if (value == null) {
      throw new IllegalStateException("buckets that do not fit were seen before");
    }
    return value;
  }
}
