package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/** Makes histograms of a finer schema than is stored coarser. */
public final class Coarsening {

  private Coarsening() {}

  public static Histogram reduce(Histogram h) {
    if (h.schema() <= HistogramCheck.MAX_SCHEMA) {
      return h;
    }
    int shift = h.schema() - HistogramCheck.MAX_SCHEMA;
    int[] positive = coarse(h.positiveSpans(), shift);
    int[] negative = coarse(h.negativeSpans(), shift);
    return new Histogram(
        h.hint(),
        HistogramCheck.MAX_SCHEMA,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        Buckets.spans(distinct(positive)),
        Buckets.spans(distinct(negative)),
        sums(h.positiveDeltas(), positive),
        sums(h.negativeDeltas(), negative),
        h.customValues());
  }

  public static FloatHistogram reduce(FloatHistogram h) {
    if (h.schema() <= HistogramCheck.MAX_SCHEMA) {
      return h;
    }
    int shift = h.schema() - HistogramCheck.MAX_SCHEMA;
    int[] positive = coarse(h.positiveSpans(), shift);
    int[] negative = coarse(h.negativeSpans(), shift);
    return new FloatHistogram(
        h.hint(),
        HistogramCheck.MAX_SCHEMA,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        Buckets.spans(distinct(positive)),
        Buckets.spans(distinct(negative)),
        sums(h.positiveCounts(), positive),
        sums(h.negativeCounts(), negative),
        h.customValues());
  }

  /** The coarse index of each bucket; neighbours may have the same. */
  private static int[] coarse(int[] spans, int shift) {
    int[] indices = Buckets.indices(spans);
    for (int i = 0; i < indices.length; i++) {
      indices[i] = ((indices[i] - 1) >> shift) + 1;
    }
    return indices;
  }

  private static int[] distinct(int[] indices) {
    return java.util.Arrays.stream(indices).distinct().toArray();
  }

  private static long[] sums(long[] deltas, int[] indices) {
    long[] counts = new long[distinct(indices).length];
    long count = 0;
    int n = -1;
    for (int i = 0; i < indices.length; i++) {
      count += deltas[i];
      if (i == 0 || indices[i] != indices[i - 1]) {
        n++;
      }
      counts[n] += count;
    }
    for (int i = counts.length - 1; i > 0; i--) {
      counts[i] -= counts[i - 1];
    }
    return counts;
  }

  private static double[] sums(double[] counts, int[] indices) {
    double[] out = new double[distinct(indices).length];
    int n = -1;
    for (int i = 0; i < indices.length; i++) {
      if (i == 0 || indices[i] != indices[i - 1]) {
        n++;
      }
      out[n] += counts[i];
    }
    return out;
  }
}
