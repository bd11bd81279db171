package io.narthex.model.histogram;

/**
 * A native histogram with integer counts. Spans alternate offset and length; bucket arrays hold the
 * difference to the bucket before (the first one the count itself). Immutable by agreement: arrays
 * are shared, never changed.
 *
 * @param schema -4 to 8 for exponential buckets, {@link #CUSTOM_BUCKETS} for {@code customValues}
 * @param positiveSpans offset, length, offset, length …; the first offset is a bucket index, later
 *     ones are gaps
 * @param customValues upper bounds without +Inf, ascending; empty unless the schema is custom
 */
public record Histogram(
    CounterResetHint hint,
    int schema,
    double zeroThreshold,
    long zeroCount,
    long count,
    double sum,
    int[] positiveSpans,
    int[] negativeSpans,
    long[] positiveDeltas,
    long[] negativeDeltas,
    double[] customValues) {

  /** The schema of a histogram whose bounds are listed. */
  public static final int CUSTOM_BUCKETS = -53;

  public boolean usesCustomBuckets() {
    return schema == CUSTOM_BUCKETS;
  }

  /** The same histogram with absolute float counts. */
  public FloatHistogram toFloat() {
    return new FloatHistogram(
        hint,
        schema,
        zeroThreshold,
        zeroCount,
        count,
        sum,
        positiveSpans,
        negativeSpans,
        absolute(positiveDeltas),
        absolute(negativeDeltas),
        customValues);
  }

  private static double[] absolute(long[] deltas) {
    double[] out = new double[deltas.length];
    long sum = 0;
    for (int i = 0; i < deltas.length; i++) {
      sum += deltas[i];
      out[i] = sum;
    }
    return out;
  }
}
