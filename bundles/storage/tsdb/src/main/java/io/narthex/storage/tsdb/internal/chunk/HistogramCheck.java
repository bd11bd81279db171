package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Whether a histogram is sound, in the reference's words where it is not. */
public final class HistogramCheck {

  private static final int MIN_SCHEMA = -4;

  /** The finest schema that is stored; finer ones that are known are made coarser. */
  public static final int MAX_SCHEMA = 8;

  private static final int MAX_KNOWN_SCHEMA = 52;
  private static final int MIN_KNOWN_SCHEMA = -9;

  private HistogramCheck() {}

  /** What is wrong, null if nothing is. A stale histogram is sound whatever else it has. */
  public static @Nullable String check(Histogram h) {
    String wrong =
        shape(
            h.schema(),
            h.zeroThreshold(),
            h.zeroCount(),
            h.positiveSpans(),
            h.negativeSpans(),
            h.positiveDeltas().length,
            h.negativeDeltas().length,
            h.customValues());
    if (wrong != null) {
      return wrong;
    }
    long total = h.zeroCount();
    for (long[] deltas : new long[][] {h.positiveDeltas(), h.negativeDeltas()}) {
      long bucket = 0;
      for (long d : deltas) {
        bucket += d;
        if (bucket < 0) {
          return "histogram has a bucket whose observation count is negative";
        }
        total += bucket;
      }
    }
    boolean nan = Double.isNaN(h.sum());
    if (nan ? total > h.count() : total != h.count()) {
      return total
          + " observations found in buckets, but the Count field is "
          + h.count()
          + ": histogram's observation count should "
          + (nan
              ? "be at least the number of observations found in the buckets"
              : "equal the number of observations found in the buckets (in absence of NaN)");
    }
    return null;
  }

  public static @Nullable String check(FloatHistogram h) {
    String wrong =
        shape(
            h.schema(),
            h.zeroThreshold(),
            h.zeroCount(),
            h.positiveSpans(),
            h.negativeSpans(),
            h.positiveCounts().length,
            h.negativeCounts().length,
            h.customValues());
    if (wrong != null) {
      return wrong;
    }
    for (double[] counts : new double[][] {h.positiveCounts(), h.negativeCounts()}) {
      for (double c : counts) {
        if (c < 0) {
          return "histogram has a bucket whose observation count is negative";
        }
      }
    }
    return h.count() < 0 || h.zeroCount() < 0 ? "histogram's observation count is negative" : null;
  }

  private static @Nullable String shape(
      int schema,
      double zeroThreshold,
      double zeroCount,
      int[] positive,
      int[] negative,
      int positives,
      int negatives,
      double[] bounds) {
    String wrong;
    if (schema == Histogram.CUSTOM_BUCKETS) {
      wrong = custom(zeroThreshold, zeroCount, positive, negative, negatives, bounds);
    } else if (schema < MIN_KNOWN_SCHEMA || schema > MAX_KNOWN_SCHEMA) {
      wrong =
          "histogram has an unknown schema, which must be between -9 and 52 for exponential"
              + " buckets, or -53 for custom buckets, got schema "
              + schema;
    } else if (schema < MIN_SCHEMA) {
      wrong =
          "histogram has an invalid schema, which must be between -4 and 8 for exponential"
              + " buckets, or -53 for custom buckets, got schema "
              + schema;
    } else {
      wrong =
          bounds.length > 0
              ? "histogram with exponential schema must not have custom bounds"
              : null;
    }
    if (wrong == null) {
      wrong = spans(positive, positives);
    }
    return wrong == null ? spans(negative, negatives) : wrong;
  }

  private static @Nullable String custom(
      double zeroThreshold,
      double zeroCount,
      int[] positive,
      int[] negative,
      int negatives,
      double[] bounds) {
    for (int i = 0; i < bounds.length; i++) {
      if (Double.isNaN(bounds[i])) {
        return "histogram custom bounds must not be NaN";
      }
      if (Double.isInfinite(bounds[i])) {
        return "histogram custom bounds must be finite";
      }
      if (i > 0 && bounds[i] <= bounds[i - 1]) {
        return "histogram custom bounds must be in strictly increasing order";
      }
    }
    if (zeroCount != 0) {
      return "custom buckets: must have zero count of 0";
    }
    if (zeroThreshold != 0) {
      return "custom buckets: must have zero threshold of 0";
    }
    if (negative.length > 0) {
      return "custom buckets: must not have negative spans";
    }
    if (negatives > 0) {
      return "custom buckets: must not have negative buckets";
    }
    long end = 0;
    for (int v : positive) {
      end += v;
    }
    return end > bounds.length + 1L ? "histogram custom bounds are too few" : null;
  }

  private static @Nullable String spans(int[] spans, int buckets) {
    long total = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (i > 0 && spans[i] < 0) {
        return "histogram has a span whose offset is negative";
      }
      if (spans[i + 1] < 0) {
        return "histogram spans specify different number of buckets than provided";
      }
      total += spans[i + 1];
    }
    return total == buckets
        ? null
        : "histogram spans specify different number of buckets than provided";
  }
}
