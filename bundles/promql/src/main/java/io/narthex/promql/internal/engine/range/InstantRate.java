package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;

/** {@code irate} and {@code idelta}: the last two samples. */
final class InstantRate extends RangeFunction {

  private final boolean rate;

  InstantRate(boolean rate) {
    this.rate = rate;
  }

  @Override
  public void evaluate(RangeInput in, RowOutput out) {
    for (int k = 0; k < in.steps; k++) {
      int floats = in.hi[k] - in.lo[k];
      int histograms = in.histograms(k);
      if (histograms > 0) {
        mixed(in, k, floats, histograms, out);
      } else if (floats >= 2) {
        floats(in, k, in.hi[k] - 1, out);
      }
    }
  }

  private void floats(RangeInput in, int k, int i, RowOutput out) {
    long[] times = in.columns.times;
    double[] values = in.columns.values;
    long distance = times[i] - times[i - 1];
    if (distance == 0) {
      return;
    }
    boolean reset = rate && (values[i] < values[i - 1] || startsAnew(in, i));
    double result = reset ? values[i] : values[i] - values[i - 1];
    out.set(k, rate ? result / (distance / 1000.0) : result);
  }

  private static boolean startsAnew(RangeInput in, int i) {
    long[] starts = in.columns.starts;
    long[] times = in.columns.times;
    return starts != null && StartTimes.isReset(starts[i - 1], times[i - 1], starts[i], times[i]);
  }

  /** There are histograms: the last two samples may be of either kind, or one of each. */
  private void mixed(RangeInput in, int k, int floats, int histograms, RowOutput out) {
    if (floats + histograms < 2) {
      return;
    }
    long[] times = in.columns.times;
    long[] others = in.columns.histogramTimes;
    int i = in.hi[k] - 1;
    int j = in.histogramHi[k] - 1;
    boolean lastFloat = floats > 0 && times[i] > others[j];
    boolean beforeFloat =
        lastFloat
            ? floats > 1 && times[i - 1] > others[j]
            : floats > 0 && (histograms < 2 || times[i] > others[j - 1]);
    if (lastFloat != beforeFloat) {
      in.ex.notes().mixedFloatsHistograms(in.labels.metricName(), in.position);
    } else if (lastFloat) {
      floats(in, k, i, out);
    } else {
      histograms(in, k, j, out);
    }
  }

  private void histograms(RangeInput in, int k, int j, RowOutput out) {
    long distance = in.columns.histogramTimes[j] - in.columns.histogramTimes[j - 1];
    if (distance == 0) {
      return;
    }
    FloatHistogram a = in.columns.histograms[j - 1];
    FloatHistogram b = in.columns.histograms[j];
    boolean gauge = a.hint() == CounterResetHint.GAUGE || b.hint() == CounterResetHint.GAUGE;
    if (rate && gauge) {
      in.ex.notes().notCounter(in.labels.metricName(), in.position);
    }
    if (!rate && (a.hint() != CounterResetHint.GAUGE || b.hint() != CounterResetHint.GAUGE)) {
      in.ex.notes().notGauge(in.labels.metricName(), in.position);
    }
    NativeHistogram result = NativeHistogram.of(b);
    if (!rate || !HistogramRate.isReset(in.columns, j)) {
      NativeHistogram.Outcome outcome = result.subtract(NativeHistogram.of(a));
      if (outcome == NativeHistogram.Outcome.INCOMPATIBLE) {
        in.ex.notes().mixedSchemas(in.labels.metricName(), in.position);
        return;
      }
      if (outcome == NativeHistogram.Outcome.RECONCILED) {
        in.ex.notes().combined(outcome, "subtraction", in.position);
      }
    }
    result.hint(CounterResetHint.GAUGE);
    if (rate) {
      result.divide(distance / 1000.0);
    }
    out.set(k, result.toFloat());
  }
}
