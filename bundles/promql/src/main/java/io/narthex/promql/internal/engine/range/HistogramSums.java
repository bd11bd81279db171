package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;

/** The sum or average of the histograms in a window. */
final class HistogramSums {

  private HistogramSums() {}

  static void set(RangeInput in, int k, int lo, int hi, boolean average, RowOutput out) {
    FloatHistogram[] all = in.columns.histograms;
    NativeHistogram sum = NativeHistogram.of(all[lo]);
    boolean mean = false;
    boolean reset = all[lo].hint() == CounterResetHint.RESET;
    boolean noReset = all[lo].hint() == CounterResetHint.NOT_RESET;
    boolean reconciled = false;
    for (int i = lo + 1; i < hi; i++) {
      double n = i - lo + 1.0;
      reset |= all[i].hint() == CounterResetHint.RESET;
      noReset |= all[i].hint() == CounterResetHint.NOT_RESET;
      NativeHistogram next = NativeHistogram.of(all[i]);
      if (average && !mean && sum.overflows(all[i])) {
        mean = true;
        sum.divide(n - 1);
      }
      if (mean) {
        sum.multiply((n - 1) / n);
        next.divide(n);
      }
      NativeHistogram.Outcome outcome = sum.add(next);
      if (outcome == NativeHistogram.Outcome.INCOMPATIBLE) {
        in.ex.notes().mixedSchemas(in.labels.metricName(), in.position);
        return;
      }
      reconciled |= outcome == NativeHistogram.Outcome.RECONCILED;
    }
    in.worked((hi - lo) * 64);
    if (reconciled) {
      in.ex.notes().combined(NativeHistogram.Outcome.RECONCILED, "aggregation", in.position);
    }
    if (reset && noReset) {
      in.ex
          .notes()
          .combined(NativeHistogram.Outcome.CONFLICTING_RESETS, "aggregation", in.position);
    }
    if (average && !mean) {
      sum.divide(hi - lo);
    }
    out.set(k, sum.toFloat());
  }
}
