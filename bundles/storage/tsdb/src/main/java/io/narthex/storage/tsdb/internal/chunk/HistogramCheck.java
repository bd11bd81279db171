package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.GoFloat;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Locale;
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
    long[] total = {h.zeroCount()};
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
    if (wrong == null) {
      wrong = side("negative", buckets(h.negativeDeltas(), total));
    }
    if (wrong == null) {
      wrong = side("positive", buckets(h.positiveDeltas(), total));
    }
    if (wrong != null) {
      return wrong;
    }
    boolean nan = Double.isNaN(h.sum());
    if (nan ? total[0] > h.count() : total[0] != h.count()) {
      return total[0]
          + " observations found in buckets, but the Count field is "
          + h.count()
          + ": histogram's observation count should "
          + (nan
              ? "be at least the number of observations found in the buckets"
              : "equal the number of observations found in the buckets (in absence of NaN)");
    }
    return null;
  }

  private static @Nullable String buckets(long[] deltas, long[] total) {
    long bucket = 0;
    for (int i = 0; i < deltas.length; i++) {
      bucket += deltas[i];
      if (bucket < 0) {
        return negative(i, String.valueOf(bucket));
      }
      total[0] += bucket;
    }
    return null;
  }

  private static String negative(int index, String count) {
    return "bucket number "
        + (index + 1)
        + " has observation count of "
        + count
        + ": histogram has a bucket whose observation count is negative";
  }

  private static @Nullable String side(String name, @Nullable String wrong) {
    return wrong == null ? null : name + " side: " + wrong;
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
    if (wrong == null) {
      wrong = side("negative", buckets(h.negativeCounts()));
    }
    if (wrong == null) {
      wrong = side("positive", buckets(h.positiveCounts()));
    }
    if (wrong != null) {
      return wrong;
    }
    return h.count() < 0 || h.zeroCount() < 0 ? "histogram's observation count is negative" : null;
  }

  private static @Nullable String buckets(double[] counts) {
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) {
        return negative(i, GoFloat.g(counts[i]));
      }
    }
    return null;
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
    if (schema == Histogram.CUSTOM_BUCKETS) {
      return custom(zeroThreshold, zeroCount, positive, positives, negative, negatives, bounds);
    }
    if (schema < MIN_KNOWN_SCHEMA || schema > MAX_KNOWN_SCHEMA) {
      return "histogram has an unknown schema, which must be between -9 and 52 for exponential"
          + " buckets, or -53 for custom buckets, got schema "
          + schema;
    }
    if (schema < MIN_SCHEMA) {
      return "histogram has an invalid schema, which must be between -4 and 8 for exponential"
          + " buckets, or -53 for custom buckets, got schema "
          + schema;
    }
    String wrong = side("positive", spans(positive, positives, 1));
    if (wrong == null) {
      wrong = side("negative", spans(negative, negatives, 1));
    }
    return wrong == null && bounds.length > 0
        ? "histogram with exponential schema must not have custom bounds"
        : wrong;
  }

  private static @Nullable String custom(
      double zeroThreshold,
      double zeroCount,
      int[] positive,
      int positives,
      int[] negative,
      int negatives,
      double[] bounds) {
    String wrong = bounds(bounds);
    if (wrong == null) {
      wrong = spans(positive, positives, 0);
    }
    if (wrong == null) {
      long end = 0;
      for (int v : positive) {
        end += v;
      }
      wrong =
          end > bounds.length + 1L
              ? "only "
                  + bounds.length
                  + " custom bounds defined which is insufficient to cover total span length of "
                  + end
                  + ": histogram custom bounds are too few"
              : null;
    }
    if (wrong != null) {
      return "custom buckets: " + wrong;
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
    return negatives > 0 ? "custom buckets: must not have negative buckets" : null;
  }

  private static @Nullable String bounds(double[] bounds) {
    double previous = Double.NEGATIVE_INFINITY;
    for (double bound : bounds) {
      if (Double.isNaN(bound)) {
        return "histogram custom bounds must not be NaN";
      }
      if (bound <= previous) {
        return "previous bound is "
            + decimal(previous)
            + " and current is "
            + decimal(bound)
            + ": histogram custom bounds must be in strictly increasing order";
      }
      previous = bound;
    }
    return previous == Double.POSITIVE_INFINITY
        ? "last +Inf bound must not be explicitly defined: histogram custom bounds must be finite"
        : null;
  }

  private static String decimal(double v) {
    return Double.isInfinite(v) ? GoFloat.g(v) : String.format(Locale.ROOT, "%f", v);
  }

  /**
   * @param free the number of spans that may begin anywhere
   */
  private static @Nullable String spans(int[] spans, int buckets, int free) {
    long total = 0;
    for (int i = 0; i < spans.length; i += 2) {
      if (i >= 2 * free && spans[i] < 0) {
        return "span number "
            + (i / 2 + 1)
            + " with offset "
            + spans[i]
            + ": histogram has a span whose offset is negative";
      }
      // A length of the protocol is unsigned.
      total += spans[i + 1] & 0xFFFFFFFFL;
    }
    return total == buckets
        ? null
        : "spans need "
            + total
            + " buckets, have "
            + buckets
            + " buckets: histogram spans specify different number of buckets than provided";
  }
}
