package io.narthex.storage.tsdb.internal.chunk;

import java.util.Arrays;

/** Spans of histogram buckets as lists of the buckets' indices, and back. */
public final class Buckets {

  private Buckets() {}

  /** How many buckets the spans have. */
  public static int count(int[] spans) {
    int n = 0;
    for (int i = 1; i < spans.length; i += 2) {
      n += spans[i];
    }
    return n;
  }

  /** The index of each bucket, ascending. */
  public static int[] indices(int[] spans) {
    int[] out = new int[count(spans)];
    int n = 0;
    int at = 0;
    for (int i = 0; i < spans.length; i += 2) {
      at += spans[i];
      for (int k = 0; k < spans[i + 1]; k++) {
        out[n++] = at++;
      }
    }
    return out;
  }

  /** The spans of ascending indices. */
  public static int[] spans(int[] indices) {
    int[] out = new int[indices.length * 2];
    int n = 0;
    int next = 0;
    for (int index : indices) {
      if (n > 0 && index == next) {
        out[n - 1]++;
      } else {
        out[n++] = index - next;
        out[n++] = 1;
      }
      next = index + 1;
    }
    return Arrays.copyOf(out, n);
  }

  /** The indices that either has. */
  public static int[] union(int[] a, int[] b) {
    int[] out = new int[a.length + b.length];
    int n = 0;
    int i = 0;
    int k = 0;
    while (i < a.length || k < b.length) {
      if (k == b.length || (i < a.length && a[i] < b[k])) {
        out[n++] = a[i++];
      } else {
        if (i < a.length && a[i] == b[k]) {
          i++;
        }
        out[n++] = b[k++];
      }
    }
    return Arrays.copyOf(out, n);
  }

  /** Counts of the buckets of a wider layout, zero where the narrow one has none. */
  public static double[] widen(double[] counts, int[] from, int[] to) {
    double[] out = new double[to.length];
    for (int i = 0, k = 0; i < to.length && k < from.length; i++) {
      if (to[i] == from[k]) {
        out[i] = counts[k++];
      }
    }
    return out;
  }

  /** As {@link #widen(double[], int[], int[])} for differences to the bucket before. */
  public static long[] widen(long[] deltas, int[] from, int[] to) {
    long[] out = new long[to.length];
    long sum = 0;
    long before = 0;
    for (int i = 0, k = 0; i < to.length; i++) {
      long count = 0;
      if (k < from.length && to[i] == from[k]) {
        sum += deltas[k++];
        count = sum;
      }
      out[i] = count - before;
      before = count;
    }
    return out;
  }
}
