package io.narthex.web.api.internal;

import io.narthex.model.histogram.ExponentialBounds;
import io.narthex.model.histogram.FloatHistogram;
import java.io.IOException;

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
      if (h.zeroCount() > 0) { // The reference shows no other, be it negative or NaN.
        bucket(BOTH, -h.zeroThreshold(), h.zeroThreshold(), h.zeroCount());
      }
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
      double lower = ExponentialBounds.upper(h.schema(), indexes[i] - 1);
      bucket(UPPER, lower, ExponentialBounds.upper(h.schema(), indexes[i]), h.positiveCounts()[i]);
    }
  }

  private void negative(FloatHistogram h) throws IOException {
    int[] indexes = indexes(h.negativeSpans(), h.negativeCounts().length);
    for (int i = indexes.length - 1; i >= 0; i--) {
      double upper = -ExponentialBounds.upper(h.schema(), indexes[i] - 1);
      bucket(LOWER, -ExponentialBounds.upper(h.schema(), indexes[i]), upper, h.negativeCounts()[i]);
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
}
