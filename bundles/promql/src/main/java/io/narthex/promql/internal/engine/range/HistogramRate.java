package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.Notes;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/**
 * The difference between the last and the first histogram of a window, resets taken into account.
 */
final class HistogramRate {

  private HistogramRate() {}

  /**
   * The difference over the histograms from lo to before hi; null if they do not fit together.
   *
   * @param fromStart whether the counter was 0 in the window before the first one
   */
  static @Nullable NativeHistogram difference(
      RangeInput in, int lo, int hi, boolean counter, boolean fromStart) {
    FloatHistogram[] all = in.columns.histograms;
    Notes notes = in.ex.notes();
    String metric = in.labels.metricName();
    if (counter && hasGauge(all, lo, hi)) {
      notes.notCounter(metric, in.position);
    }
    FloatHistogram first = all[lo];
    FloatHistogram last = all[hi - 1];
    NativeHistogram before = NativeHistogram.of(first);
    if (fromStart) {
      before = NativeHistogram.emptyLike(first);
    } else if (counter && hi - lo > 1 && isReset(in.columns, lo + 1)) {
      // What was before a reset does not matter, not even its bounds.
      before = NativeHistogram.emptyLike(all[lo + 1]);
    }
    if (last.usesCustomBuckets() != before.isCustom()
        || (counter && mixes(all, lo + 1, hi, before.isCustom()))) {
      notes.mixedSchemas(metric, in.position);
      return null;
    }
    NativeHistogram result = NativeHistogram.of(last);
    if (!last.usesCustomBuckets()) {
      result.reduceTo(lowestSchema(all, lo, hi, before, counter));
    }
    NativeHistogram.Outcome outcome = result.subtract(before);
    boolean reconciled = outcome == NativeHistogram.Outcome.RECONCILED;
    if (counter) {
      reconciled |= addResets(in, result, lo, hi, fromStart);
    } else if (first.hint() != CounterResetHint.GAUGE || last.hint() != CounterResetHint.GAUGE) {
      notes.notGauge(metric, in.position);
    }
    if (reconciled) {
      notes.combined(NativeHistogram.Outcome.RECONCILED, "subtraction", in.position);
    }
    return result.hint(CounterResetHint.GAUGE);
  }

  private static boolean hasGauge(FloatHistogram[] all, int lo, int hi) {
    for (int i = lo; i < hi; i++) {
      if (all[i].hint() == CounterResetHint.GAUGE) {
        return true;
      }
    }
    return false;
  }

  private static boolean mixes(FloatHistogram[] all, int lo, int hi, boolean custom) {
    for (int i = lo; i < hi; i++) {
      if (all[i].usesCustomBuckets() != custom) {
        return true;
      }
    }
    return false;
  }

  private static int lowestSchema(
      FloatHistogram[] all, int lo, int hi, NativeHistogram first, boolean counter) {
    int lowest = Math.min(first.schema(), all[hi - 1].schema());
    for (int i = lo + 1; counter && i < hi - 1; i++) {
      lowest = Math.min(lowest, all[i].schema());
    }
    return lowest;
  }

  /** Adds what was counted before each reset; whether bounds had to be reconciled. */
  private static boolean addResets(
      RangeInput in, NativeHistogram result, int lo, int hi, boolean fromStart) {
    boolean reconciled = false;
    FloatHistogram[] all = in.columns.histograms;
    // A reset right behind the first one is taken care of, as that one was left out.
    int from = fromStart || !isResetAt(in.columns, lo + 1, hi) ? lo + 1 : lo + 2;
    for (int i = from; i < hi; i++) {
      if (isReset(in.columns, i)) {
        reconciled |=
            result.add(NativeHistogram.of(all[i - 1])) == NativeHistogram.Outcome.RECONCILED;
      }
    }
    return reconciled;
  }

  private static boolean isResetAt(Columns c, int i, int hi) {
    return i < hi && isReset(c, i);
  }

  /** Whether the counter began anew between histogram i and the one before it. */
  static boolean isReset(Columns c, int i) {
    long[] starts = c.histogramStarts;
    if (starts != null
        && StartTimes.isReset(
            starts[i - 1], c.histogramTimes[i - 1], starts[i], c.histogramTimes[i])) {
      return true;
    }
    return NativeHistogram.of(c.histograms[i]).isReset(NativeHistogram.of(c.histograms[i - 1]));
  }
}
