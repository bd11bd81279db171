package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.FloatHistogram;

/** All buckets of a histogram in ascending order: negative ones, the zero bucket, positive ones. */
public final class BucketWalk {

  private final int size;
  private final double[] lowers;
  private final double[] uppers;
  private final double[] counts;
  private final boolean hasPositive;
  private final boolean hasNegative;

  public BucketWalk(FloatHistogram h) {
    this(NativeHistogram.of(h));
  }

  BucketWalk(NativeHistogram h) {
    Buckets p = h.positive;
    Buckets n = h.negative;
    lowers = new double[p.size + n.size + 1];
    uppers = new double[lowers.length];
    counts = new double[lowers.length];
    hasPositive = p.size > 0;
    hasNegative = n.size > 0;
    int at = 0;
    for (int i = n.size - 1; i >= 0; i--) {
      at =
          put(
              at,
              -BucketBounds.upper(h.schema, n.index[i], h.custom),
              -BucketBounds.lower(h.schema, n.index[i], h.custom),
              n.count[i]);
    }
    if (h.zeroCount != 0) {
      at = put(at, -h.zeroThreshold, h.zeroThreshold, h.zeroCount);
    }
    for (int i = 0; i < p.size; i++) {
      at =
          put(
              at,
              BucketBounds.lower(h.schema, p.index[i], h.custom),
              BucketBounds.upper(h.schema, p.index[i], h.custom),
              p.count[i]);
    }
    size = at;
  }

  private int put(int at, double lower, double upper, double count) {
    lowers[at] = lower;
    uppers[at] = upper;
    counts[at] = count;
    return at + 1;
  }

  public int size() {
    return size;
  }

  public double lower(int i) {
    return lowers[i];
  }

  public double upper(int i) {
    return uppers[i];
  }

  public double count(int i) {
    return counts[i];
  }

  boolean onlyPositive() {
    return hasPositive && !hasNegative;
  }

  boolean onlyNegative() {
    return hasNegative && !hasPositive;
  }
}
