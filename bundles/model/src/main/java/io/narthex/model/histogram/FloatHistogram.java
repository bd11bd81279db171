package io.narthex.model.histogram;

import io.narthex.model.StaleMarker;

/**
 * A native histogram with float counts; like {@link Histogram}, but bucket arrays hold the counts
 * themselves. Immutable by agreement: arrays are shared, never changed.
 */
public record FloatHistogram(
    CounterResetHint hint,
    int schema,
    double zeroThreshold,
    double zeroCount,
    double count,
    double sum,
    int[] positiveSpans,
    int[] negativeSpans,
    double[] positiveCounts,
    double[] negativeCounts,
    double[] customValues) {

  public boolean usesCustomBuckets() {
    return schema == Histogram.CUSTOM_BUCKETS;
  }

  /** Whether this is no histogram but the mark that the series has ended. */
  public boolean isStale() {
    return StaleMarker.is(sum);
  }
}
