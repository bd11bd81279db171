package io.narthex.exposition.internal.histogram;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/**
 * Collects a classic histogram and makes a native one with custom buckets of it. Bounds may come in
 * any order; a classic histogram that is not sound gives none.
 */
public final class ClassicBuckets {

  private static final int KEPT_EMPTY = 2;
  private static final double LARGEST_WHOLE = 0x1p63;

  private double[] bounds = new double[16];
  private double[] cumulative = new double[16];
  private int size;
  private boolean hasCount;
  private double count;
  private double sum;
  private boolean broken;

  public void clear() {
    size = 0;
    hasCount = false;
    count = 0;
    sum = 0;
    broken = false;
  }

  public void count(double observations) {
    if (Double.isNaN(observations) || observations < 0) {
      broken = true;
    }
    hasCount = true;
    count = observations;
  }

  public void sum(double total) {
    sum = total;
  }

  /** Adds a bucket; one whose bound is there already, or is no number, is left out. */
  public void bucket(double bound, double observations) {
    if (Double.isNaN(bound)) {
      return;
    }
    if (Double.isNaN(observations) || observations < 0) {
      broken = true;
      return;
    }
    int at = size;
    if (size > 0 && bound <= bounds[size - 1]) {
      at = Arrays.binarySearch(bounds, 0, size, bound);
      if (at >= 0) {
        return;
      }
      at = -at - 1;
    }
    insert(at, bound, observations);
  }

  private void insert(int at, double bound, double observations) {
    if (size == bounds.length) {
      bounds = Arrays.copyOf(bounds, size * 2);
      cumulative = Arrays.copyOf(cumulative, size * 2);
    }
    System.arraycopy(bounds, at, bounds, at + 1, size - at);
    System.arraycopy(cumulative, at, cumulative, at + 1, size - at);
    bounds[at] = bound;
    cumulative[at] = observations;
    size++;
  }

  /** Adds the bucket of all observations if it is missing; false if the buckets contradict. */
  private boolean complete() {
    boolean open = size == 0 || bounds[size - 1] != Double.POSITIVE_INFINITY;
    if (!hasCount) {
      if (size == 0) {
        return false;
      }
      count = cumulative[size - 1];
    }
    if (open) {
      insert(size, Double.POSITIVE_INFINITY, count);
    }
    for (int i = 1; i < size; i++) {
      if (cumulative[i] < cumulative[i - 1]) {
        return false;
      }
    }
    return !broken && cumulative[size - 1] == count;
  }

  private boolean isWhole() {
    for (int i = 0; i < size; i++) {
      if (cumulative[i] != Math.rint(cumulative[i]) || cumulative[i] >= LARGEST_WHOLE) {
        return false;
      }
    }
    return true;
  }

  /** Takes what was collected; the slot stays empty if it is not sound. */
  public void convert(CounterResetHint hint, HistogramSlot slot) {
    slot.clear();
    if (!complete()) {
      return;
    }
    double[] custom = Arrays.copyOf(bounds, size - 1);
    boolean whole = isWhole();
    SparseBuckets buckets = new SparseBuckets(whole ? KEPT_EMPTY : 0);
    double before = 0;
    for (int i = 0; i < size; i++) {
      if (whole) {
        buckets.add(i, (long) (cumulative[i] - before));
      } else {
        buckets.add(i, cumulative[i] - before);
      }
      before = cumulative[i];
    }
    int[] none = new int[0];
    if (whole) {
      slot.set(
          new Histogram(
              hint,
              Histogram.CUSTOM_BUCKETS,
              0,
              0,
              (long) count,
              sum,
              buckets.spans(),
              none,
              buckets.deltas(),
              new long[0],
              custom));
    } else {
      slot.set(
          new FloatHistogram(
              hint,
              Histogram.CUSTOM_BUCKETS,
              0,
              0,
              count,
              sum,
              buckets.spans(),
              none,
              buckets.counts(),
              new double[0],
              custom));
    }
  }
}
