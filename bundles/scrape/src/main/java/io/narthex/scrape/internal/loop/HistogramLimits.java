package io.narthex.scrape.internal.loop;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.Resolution;
import org.jspecify.annotations.Nullable;

/** How fine native histograms may be, and how many buckets they may have. */
final class HistogramLimits {

  private static final int MIN_SCHEMA = -4;
  private static final int MAX_SCHEMA = 8;

  private final long maxBuckets;
  private final int maxSchema;

  /**
   * @param maxBuckets the most buckets, 0 for any number
   * @param minFactor the least growth from bucket to bucket, 0 for any
   */
  HistogramLimits(long maxBuckets, double minFactor) {
    this.maxBuckets = maxBuckets;
    this.maxSchema = schema(minFactor);
  }

  /** The finest schema whose buckets grow by the factor at least. */
  private static int schema(double factor) {
    if (!(factor > 1)) {
      return MAX_SCHEMA;
    }
    return (int) Math.clamp(Math.floor(-log2(log2(factor))), MIN_SCHEMA, MAX_SCHEMA);
  }

  /** The binary logarithm, exact for powers of two. */
  private static double log2(double x) {
    int exponent = Math.getExponent(x);
    return exponent + Math.log(Math.scalb(x, -exponent)) / Math.log(2);
  }

  /** The histogram within the limits; null if it can't be made so. */
  @Nullable Histogram within(Histogram histogram) {
    Histogram h = Resolution.reduce(histogram, maxSchema);
    while (exceeds(h.positiveDeltas().length, h.negativeDeltas().length)) {
      if (h.schema() <= MIN_SCHEMA) {
        return null;
      }
      h = Resolution.reduce(h, h.schema() - 1);
    }
    return h;
  }

  /** The histogram within the limits; null if it can't be made so. */
  @Nullable FloatHistogram within(FloatHistogram histogram) {
    FloatHistogram h = Resolution.reduce(histogram, maxSchema);
    while (exceeds(h.positiveCounts().length, h.negativeCounts().length)) {
      if (h.schema() <= MIN_SCHEMA) {
        return null;
      }
      h = Resolution.reduce(h, h.schema() - 1);
    }
    return h;
  }

  private boolean exceeds(long positive, long negative) {
    return maxBuckets > 0 && positive + negative > maxBuckets;
  }
}
