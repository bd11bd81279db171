package io.narthex.web.api.internal;

import io.narthex.model.histogram.FloatHistogram;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Writes native histograms: count, sum, and the buckets that hold something, ascending. Each bucket
 * says by a number which of its bounds belong to it: 0 the upper, 1 the lower, 2 none, 3 both.
 */
final class HistogramWriter {

  private static final int UPPER = 0;
  private static final int LOWER = 1;
  private static final int BOTH = 3;

  private final JsonWriter json;
  private boolean begun;

  private HistogramWriter(JsonWriter json) {
    this.json = json;
  }

  static void write(JsonWriter json, FloatHistogram h) throws IOException {
    json.beginObject().key("count").sampleValue(h.count());
    json.key("sum").sampleValue(h.sum());
    new HistogramWriter(json).buckets(h);
    json.endObject();
  }

  private void buckets(FloatHistogram h) throws IOException {
    if (h.usesCustomBuckets()) {
      custom(h);
    } else {
      negative(h);
      bucket(BOTH, -h.zeroThreshold(), h.zeroThreshold(), h.zeroCount());
      positive(h);
    }
    if (begun) {
      json.endArray();
    }
  }

  private void bucket(int rule, double lower, double upper, double count) throws IOException {
    if (count == 0) {
      return;
    }
    if (!begun) {
      json.key("buckets").beginArray();
      begun = true;
    }
    json.beginArray().number(rule);
    json.sampleValue(lower);
    json.sampleValue(upper);
    json.sampleValue(count);
    json.endArray();
  }

  private void custom(FloatHistogram h) throws IOException {
    double[] bounds = h.customValues();
    int[] indexes = indexes(h.positiveSpans(), h.positiveCounts().length);
    for (int i = 0; i < indexes.length; i++) {
      int index = indexes[i];
      double lower = index == 0 ? Double.NEGATIVE_INFINITY : bounds[index - 1];
      double upper = index < bounds.length ? bounds[index] : Double.POSITIVE_INFINITY;
      bucket(index == 0 ? BOTH : UPPER, lower, upper, h.positiveCounts()[i]);
    }
  }

  private void positive(FloatHistogram h) throws IOException {
    int[] indexes = indexes(h.positiveSpans(), h.positiveCounts().length);
    for (int i = 0; i < indexes.length; i++) {
      double lower = bound(indexes[i] - 1, h.schema());
      bucket(UPPER, lower, bound(indexes[i], h.schema()), h.positiveCounts()[i]);
    }
  }

  private void negative(FloatHistogram h) throws IOException {
    int[] indexes = indexes(h.negativeSpans(), h.negativeCounts().length);
    for (int i = indexes.length - 1; i >= 0; i--) {
      double upper = -bound(indexes[i] - 1, h.schema());
      bucket(LOWER, -bound(indexes[i], h.schema()), upper, h.negativeCounts()[i]);
    }
  }

  /** The index of each bucket, from spans of offset and length by turns. */
  private static int[] indexes(int[] spans, int buckets) {
    int[] indexes = new int[buckets];
    int n = 0;
    int index = 0;
    for (int s = 0; s + 1 < spans.length; s += 2) {
      index += spans[s];
      for (int i = 0; i < spans[s + 1] && n < buckets; i++) {
        indexes[n++] = index++;
      }
    }
    return indexes;
  }

  /** The upper bound of an exponential bucket: {@code 2^(index * 2^-schema)}. */
  static double bound(int index, int schema) {
    if (schema <= 0) {
      return scaled(1, (long) index << -schema);
    }
    int steps = 1 << schema;
    int fraction = Math.floorMod(index, steps);
    return scaled(root(fraction, schema), Math.floorDiv(index, steps));
  }

  /** {@code factor * 2^exponent}; what would be 2^1024 is the largest double. */
  private static double scaled(double factor, long exponent) {
    if (exponent == 1024 && factor == 1) {
      return Double.MAX_VALUE;
    }
    return Math.scalb(factor, (int) Math.clamp(exponent, -2000L, 2000L));
  }

  /** {@code 2^(fraction / 2^schema)}, correctly rounded: powers of it in doubles are not. */
  private static double root(int fraction, int schema) {
    MathContext precision = new MathContext(40);
    BigDecimal root = BigDecimal.TWO;
    BigDecimal product = BigDecimal.ONE;
    for (int bit = schema - 1; bit >= 0; bit--) {
      root = root.sqrt(precision);
      if ((fraction >> bit & 1) != 0) {
        product = product.multiply(root, precision);
      }
    }
    return product.doubleValue();
  }
}
