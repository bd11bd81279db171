package io.narthex.exposition.internal.histogram;

import java.util.Arrays;

/**
 * Collects buckets with ascending indices and lays them out in spans: empty buckets are left out,
 * except those in gaps that are too short to be worth a span.
 */
public final class SparseBuckets {

  private final int maxGap;
  private int[] indices = new int[16];
  private double[] counts = new double[16];
  private long[] wholes = new long[16];
  private int size;

  /**
   * @param maxGap the most empty buckets in a row that are kept between others
   */
  public SparseBuckets(int maxGap) {
    this.maxGap = maxGap;
  }

  public void clear() {
    size = 0;
  }

  public void add(int index, long count) {
    if (count != 0) {
      grow();
      indices[size] = index;
      wholes[size++] = count;
    }
  }

  public void add(int index, double count) {
    if (count != 0) {
      grow();
      indices[size] = index;
      counts[size++] = count;
    }
  }

  private void grow() {
    if (size == indices.length) {
      indices = Arrays.copyOf(indices, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      wholes = Arrays.copyOf(wholes, size * 2);
    }
  }

  private boolean continues(int i) {
    return i > 0 && (long) indices[i] - indices[i - 1] - 1 <= maxGap;
  }

  /** Offset and length of each span. */
  public int[] spans() {
    int[] out = new int[size * 2];
    int n = 0;
    int next = 0;
    for (int i = 0; i < size; i++) {
      if (continues(i)) {
        out[n - 1] += indices[i] - indices[i - 1];
      } else {
        out[n++] = indices[i] - next;
        out[n++] = 1;
      }
      next = indices[i] + 1;
    }
    return Arrays.copyOf(out, n);
  }

  private int laidOut() {
    int n = size;
    for (int i = 1; i < size; i++) {
      n += continues(i) ? indices[i] - indices[i - 1] - 1 : 0;
    }
    return n;
  }

  /** The counts as differences to the bucket before. */
  public long[] deltas() {
    long[] out = new long[laidOut()];
    int n = 0;
    long before = 0;
    for (int i = 0; i < size; i++) {
      for (int gap = continues(i) ? indices[i] - indices[i - 1] - 1 : 0; gap > 0; gap--) {
        out[n++] = -before;
        before = 0;
      }
      out[n++] = wholes[i] - before;
      before = wholes[i];
    }
    return out;
  }

  /** The counts themselves. */
  public double[] counts() {
    double[] out = new double[laidOut()];
    int n = 0;
    for (int i = 0; i < size; i++) {
      n += continues(i) ? indices[i] - indices[i - 1] - 1 : 0;
      out[n++] = counts[i];
    }
    return out;
  }
}
