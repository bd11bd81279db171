package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.CompensatedSum;

/** Numbers that are estimated from the buckets of a native histogram. */
public final class HistogramStatistics {

  private HistogramStatistics() {}

  /** Whether there are observations that are in no bucket. */
  public static boolean hasNaNs(FloatHistogram h) {
    return Double.isNaN(h.sum()) && h.count() > total(h);
  }

  private static double total(FloatHistogram h) {
    double total = h.zeroCount();
    for (double c : h.positiveCounts()) {
      total += c;
    }
    for (double c : h.negativeCounts()) {
      total += c;
    }
    return total;
  }

  /** The value below which the part {@code q} of the observations lies. */
  public static double quantile(double q, FloatHistogram h) {
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (h.count() == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    BucketWalk walk = new BucketWalk(h);
    boolean forward = Double.isNaN(h.sum()) || q < 0.5;
    double rank = (forward ? q : 1 - q) * h.count();
    double count = 0;
    int found = -1;
    for (int i = 0; i < walk.size() && (found < 0 || count < rank); i++) {
      int at = forward ? i : walk.size() - 1 - i;
      if (walk.count(at) != 0) {
        found = at;
        count += walk.count(at);
      }
    }
    if (found < 0) {
      return Double.NaN;
    }
    return within(h, walk, found, forward, rank, count);
  }

  private static double within(
      FloatHistogram h, BucketWalk walk, int at, boolean forward, double target, double seen) {
    double lower = walk.lower(at);
    double upper = walk.upper(at);
    if (h.usesCustomBuckets()) {
      if (lower == Double.NEGATIVE_INFINITY) {
        if (upper <= 0) {
          return upper;
        }
        lower = 0;
      } else if (upper == Double.POSITIVE_INFINITY) {
        return lower;
      }
    } else if (lower < 0 && upper > 0) {
      lower = walk.onlyPositive() ? 0 : lower;
      upper = walk.onlyNegative() ? 0 : upper;
    }
    double count = Math.min(seen, h.count());
    if (count < target && Double.isNaN(h.sum())) {
      return Double.NaN;
    }
    double rank = forward ? target - (count - walk.count(at)) : count - target;
    double fraction = rank / walk.count(at);
    if (h.usesCustomBuckets() || (lower <= 0 && upper >= 0)) {
      return lower + (upper - lower) * fraction;
    }
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    return lower > 0
        ? Math.pow(2, logLower + (logUpper - logLower) * fraction)
        : -Math.pow(2, logUpper + (logLower - logUpper) * (1 - fraction));
  }

  /** Exact for powers of two, which most bounds are. */
  static double log2(double v) {
    if (!(v > 0) || Double.isInfinite(v)) {
      return Math.log(v);
    }
    int exponent = Math.getExponent(v);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(v * 0x1p60) - 60;
    }
    double fraction = Math.scalb(v, -exponent);
    return fraction == 1 ? exponent : Math.log(fraction / 2) / Math.log(2) + (exponent + 1);
  }

  /** The part of the observations between two values. */
  public static double fraction(double lower, double upper, FloatHistogram h) {
    if (h.count() == 0 || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    BucketWalk walk = new BucketWalk(h);
    double from = rank(lower, h, walk);
    double to = rank(upper, h, walk);
    return (Math.min(to, h.count()) - Math.min(from, h.count())) / h.count();
  }

  /** How many observations lie below a value. */
  private static double rank(double v, FloatHistogram h, BucketWalk walk) {
    double rank = 0;
    for (int i = 0; i < walk.size(); i++) {
      double lower = walk.lower(i);
      double upper = walk.upper(i);
      boolean zero = lower <= 0 && upper >= 0;
      if (zero) {
        lower = walk.onlyPositive() ? 0 : lower;
        upper = walk.onlyNegative() ? 0 : upper;
      }
      if (lower >= v) {
        return rank;
      }
      if (upper > v) {
        return rank + walk.count(i) * part(v, lower, upper, zero || h.usesCustomBuckets());
      }
      rank += walk.count(i);
    }
    return rank;
  }

  /** How much of a bucket lies below a value in it. */
  static double part(double v, double lower, double upper, boolean linear) {
    if (linear) {
      if (lower == Double.NEGATIVE_INFINITY) {
        return 1;
      }
      return upper == Double.POSITIVE_INFINITY ? 0 : (v - lower) / (upper - lower);
    }
    double logLower = log2(Math.abs(lower));
    double logUpper = log2(Math.abs(upper));
    double logV = log2(Math.abs(v));
    return v > 0
        ? (logV - logLower) / (logUpper - logLower)
        : 1 - (logV - logUpper) / (logLower - logUpper);
  }

  /** The variance, with each observation at the middle of its bucket. */
  public static double variance(FloatHistogram h) {
    BucketWalk walk = new BucketWalk(h);
    double mean = h.sum() / h.count();
    CompensatedSum squares = new CompensatedSum();
    for (int i = 0; i < walk.size(); i++) {
      if (walk.count(i) == 0) {
        continue;
      }
      double delta = middle(walk.lower(i), walk.upper(i), h.usesCustomBuckets()) - mean;
      squares.add(walk.count(i) * delta * delta);
    }
    return squares.value() / h.count();
  }

  /** Where the observations of a bucket are taken to be. */
  static double middle(double lower, double upper, boolean custom) {
    if (custom) {
      return (lower + upper) / 2;
    }
    if (lower <= 0 && upper >= 0) {
      return 0;
    }
    double middle = Math.sqrt(lower * upper);
    return upper < 0 ? -middle : middle;
  }
}
