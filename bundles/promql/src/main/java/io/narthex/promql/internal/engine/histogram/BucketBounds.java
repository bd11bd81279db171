package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.ExponentialBounds;
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
    return ExponentialBounds.upper(schema, index);
  }

  static double lower(int schema, int index, double[] custom) {
    return upper(schema, index - 1, custom);
  }
}
