package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.Histogram;

/** The bounds of buckets by schema and index. */
final class BucketBounds {

  private BucketBounds() {}

  /** The upper bound of bucket {@code index} of the positive side. */
  static double upper(int schema, int index, double[] custom) {
    if (schema == Histogram.CUSTOM_BUCKETS) {
      return index >= custom.length
          ? Double.POSITIVE_INFINITY
          : index < 0 ? Double.NEGATIVE_INFINITY : custom[index];
    }
    if (schema < 0) {
      int exponent = index << -schema;
      return exponent == 1024 ? Double.MAX_VALUE : scale(1, exponent);
    }
    int mask = (1 << schema) - 1;
    int part = index & mask;
    int exponent = (index >> schema) + 1;
    if (part == 0 && exponent == 1025) {
      return Double.MAX_VALUE;
    }
    double fraction = part == 0 ? 0.5 : Math.pow(2, (double) part / (1 << schema) - 1);
    return scale(fraction, exponent);
  }

  private static double scale(double v, int exponent) {
    // In two steps, as a factor of 2^1024 is no number.
    int half = exponent / 2;
    return Math.scalb(Math.scalb(v, half), exponent - half);
  }

  static double lower(int schema, int index, double[] custom) {
    return upper(schema, index - 1, custom);
  }
}
