package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/** Histograms between two samples. */
public final class HistogramInterpolation {

  private HistogramInterpolation() {}

  /** The histogram of a plain series between two samples; null if they do not fit together. */
  public static @Nullable FloatHistogram between(
      FloatHistogram a, long aTime, FloatHistogram b, long bTime, long t) {
    boolean gauges = a.hint() == CounterResetHint.GAUGE && b.hint() == CounterResetHint.GAUGE;
    if (a.usesCustomBuckets() != b.usesCustomBuckets()) {
      return null;
    }
    NativeHistogram value = interpolate(a, aTime, b, bTime, t, !gauges);
    return value == null ? null : value.toFloat();
  }

  /**
   * The histogram at {@code t} between two; of a counter that was reset, as if it had been at once.
   * Null if the two do not fit together.
   */
  public static @Nullable NativeHistogram interpolate(
      FloatHistogram a, long aTime, FloatHistogram b, long bTime, long t, boolean counter) {
    double part = (double) (t - aTime) / (double) (bTime - aTime);
    NativeHistogram later = NativeHistogram.of(b);
    if (counter && later.isReset(NativeHistogram.of(a))) {
      return later.multiply(part);
    }
    if (later.subtract(NativeHistogram.of(a)) == NativeHistogram.Outcome.INCOMPATIBLE) {
      return null;
    }
    NativeHistogram value = NativeHistogram.of(a);
    value.add(later.multiply(part));
    return value;
  }
}
