package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.FloatHistogram;

/** Keeps the observations of a histogram on one side of a value, as far as buckets tell. */
public final class HistogramTrim {

  private HistogramTrim() {}

  /** The observations up to a value. */
  public static FloatHistogram upper(FloatHistogram h, double v) {
    return trim(h, v, true);
  }

  /** The observations above a value. */
  public static FloatHistogram lower(FloatHistogram h, double v) {
    return trim(h, v, false);
  }

  private static FloatHistogram trim(FloatHistogram given, double v, boolean below) {
    if (v == (below ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY)) {
      return given;
    }
    NativeHistogram h = NativeHistogram.of(given);
    boolean onlyPositive = h.positive.size > 0 && h.negative.size == 0;
    boolean onlyNegative = h.negative.size > 0 && h.positive.size == 0;
    double before = h.positive.total() + h.negative.total() + h.zeroCount;
    double[] sum = new double[1];
    for (int i = 0; i < h.positive.size; i++) {
      double lower = BucketBounds.lower(h.schema, h.positive.index[i], h.custom);
      double upper = BucketBounds.upper(h.schema, h.positive.index[i], h.custom);
      h.positive.count[i] = kept(h, h.positive.count[i], lower, upper, v, below, sum, false);
    }
    for (int i = 0; i < h.negative.size; i++) {
      double lower = -BucketBounds.upper(h.schema, h.negative.index[i], h.custom);
      double upper = -BucketBounds.lower(h.schema, h.negative.index[i], h.custom);
      h.negative.count[i] = kept(h, h.negative.count[i], lower, upper, v, below, sum, false);
    }
    if (h.zeroCount != 0) {
      double lower = onlyPositive ? 0 : -h.zeroThreshold;
      double upper = onlyNegative ? 0 : h.zeroThreshold;
      h.zeroCount = kept(h, h.zeroCount, lower, upper, v, below, sum, true);
    }
    double after = h.positive.total() + h.negative.total() + h.zeroCount;
    if (after == before) {
      return given;
    }
    h.count = after;
    h.sum = sum[0];
    return h.toFloat();
  }

  /** How many observations of a bucket stay; adds where they are taken to be to the sum. */
  private static double kept(
      NativeHistogram h,
      double count,
      double lower,
      double upper,
      double v,
      boolean below,
      double[] sum,
      boolean zero) {
    if (count == 0) {
      return 0;
    }
    if (Double.isInfinite(v) || (Double.isInfinite(lower) && Double.isInfinite(upper))) {
      return 0;
    }
    if (upper == Double.POSITIVE_INFINITY) {
      if (below) {
        return 0;
      }
      sum[0] += count * Math.max(v, lower);
      return count;
    }
    double from = lower;
    if (lower == Double.NEGATIVE_INFINITY) {
      if (upper <= 0 && below) {
        sum[0] += count * Math.min(v, upper);
        return count;
      }
      if (upper <= 0 || v < 0) {
        return 0;
      }
      from = 0;
    }
    return keptOf(h, count, from, upper, v, below, sum, zero);
  }

  /** The same for a bucket with finite bounds. */
  private static double keptOf(
      NativeHistogram h,
      double count,
      double lower,
      double upper,
      double v,
      boolean below,
      double[] sum,
      boolean zero) {
    double from = lower;
    double to = upper;
    double kept = count;
    boolean linear = zero || h.isCustom();
    if (below) {
      if (lower >= v && !(zero && lower == v)) {
        return 0;
      }
      if (upper > v) {
        kept = count * HistogramStatistics.part(v, lower, upper, linear);
        to = v;
      }
    } else {
      if (upper <= v) {
        return 0;
      }
      if (lower < v) {
        kept = count * (1 - HistogramStatistics.part(v, lower, upper, linear));
        from = v;
      }
    }
    if (kept != 0) {
      sum[0] += kept * middle(h, from, to, zero);
    }
    return kept;
  }

  private static double middle(NativeHistogram h, double from, double to, boolean zero) {
    return zero || h.isCustom() ? (from + to) / 2 : HistogramStatistics.middle(from, to, false);
  }
}
