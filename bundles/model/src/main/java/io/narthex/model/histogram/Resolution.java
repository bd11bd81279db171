package io.narthex.model.histogram;

import java.util.Arrays;

/**
 * Makes native histograms with exponential buckets coarser: with each schema less, two buckets next
 * to each other become one. Custom buckets stay as they are.
 */
public final class Resolution {

  private Resolution() {}

  /** The histogram with at most this schema. */
  public static Histogram reduce(Histogram h, int schema) {
    if (h.schema() <= schema) {
      return h;
    }
    int shift = h.schema() - schema;
    int[] positive = coarse(h.positiveSpans(), shift);
    int[] negative = coarse(h.negativeSpans(), shift);
    return new Histogram(
        h.hint(),
        schema,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        spans(positive),
        spans(negative),
        sums(h.positiveDeltas(), positive),
        sums(h.negativeDeltas(), negative),
        h.customValues());
  }

  /** The histogram with at most this schema. */
  public static FloatHistogram reduce(FloatHistogram h, int schema) {
    if (h.schema() <= schema) {
      return h;
    }
    int shift = h.schema() - schema;
    int[] positive = coarse(h.positiveSpans(), shift);
    int[] negative = coarse(h.negativeSpans(), shift);
    return new FloatHistogram(
        h.hint(),
        schema,
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        spans(positive),
        spans(negative),
        sums(h.positiveCounts(), positive),
        sums(h.negativeCounts(), negative),
        h.customValues());
  }

  /** The coarse index of each bucket; neighbours may have the same. */
  private static int[] coarse(int[] spans, int shift) {
    int n = 0;
    for (int i = 1; i < spans.length; i += 2) {
      n += spans[i];
    }
    int[] out = new int[n];
    int index = 0;
    n = 0;
    for (int i = 0; i < spans.length; i += 2) {
      index += spans[i];
      for (int k = 0; k < spans[i + 1]; k++) {
        out[n++] = ((index++ - 1) >> shift) + 1;
      }
    }
    return out;
  }

  private static boolean isNew(int[] indices, int i) {
    return i == 0 || indices[i] != indices[i - 1];
  }

  private static int distinct(int[] indices) {
    int n = 0;
    for (int i = 0; i < indices.length; i++) {
      n += isNew(indices, i) ? 1 : 0;
    }
    return n;
  }

  /** The spans of ascending indices, equal ones taken once. */
  private static int[] spans(int[] indices) {
    int[] out = new int[indices.length * 2];
    int n = 0;
    int next = 0;
    for (int i = 0; i < indices.length; i++) {
      if (!isNew(indices, i)) {
        continue;
      }
      if (n > 0 && indices[i] == next) {
        out[n - 1]++;
      } else {
        out[n++] = indices[i] - next;
        out[n++] = 1;
      }
      next = indices[i] + 1;
    }
    return Arrays.copyOf(out, n);
  }

  private static long[] sums(long[] deltas, int[] indices) {
    long[] counts = new long[distinct(indices)];
    long count = 0;
    int n = -1;
    for (int i = 0; i < indices.length; i++) {
      count += deltas[i];
      n += isNew(indices, i) ? 1 : 0;
      counts[n] += count;
    }
    for (int i = counts.length - 1; i > 0; i--) {
      counts[i] -= counts[i - 1];
    }
    return counts;
  }

  private static double[] sums(double[] counts, int[] indices) {
    double[] out = new double[distinct(indices)];
    int n = -1;
    for (int i = 0; i < indices.length; i++) {
      n += isNew(indices, i) ? 1 : 0;
      out[n] += counts[i];
    }
    return out;
  }
}
