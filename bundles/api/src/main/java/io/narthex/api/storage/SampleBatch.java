package io.narthex.api.storage;

import io.narthex.model.histogram.FloatHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive samples of one series in columns. Index i of every column belongs to sample i, 0 ≤ i
 * &lt; {@link #size}. The columns are the batch's own, filled by a cursor and read directly.
 */
public final class SampleBatch {

  /** Samples that a batch of usual size holds: two full chunks. */
  public static final int DEFAULT_CAPACITY = 256;

  /** Milliseconds since the epoch, ascending. */
  public final long[] timestamps;

  /** The float values; undefined where {@link #histograms} has one. */
  public final double[] values;

  /** Null as long as no sample is a histogram; else null at every float sample. */
  public @Nullable FloatHistogram @Nullable [] histograms;

  /** Since when the counter counts, 0 where unknown; null as long as none is known. */
  public long @Nullable [] startTimestamps;

  /** Number of samples. */
  public int size;

  public SampleBatch() {
    this(DEFAULT_CAPACITY);
  }

  public SampleBatch(int capacity) {
    timestamps = new long[capacity];
    values = new double[capacity];
  }

  public int capacity() {
    return timestamps.length;
  }

  /** Empties the batch and forgets histograms and start timestamps. */
  public void clear() {
    size = 0;
    histograms = null;
    startTimestamps = null;
  }

  public boolean isFull() {
    return size == timestamps.length;
  }

  public void add(long timestamp, double value) {
    timestamps[size] = timestamp;
    values[size++] = value;
  }

  public void add(long timestamp, FloatHistogram histogram) {
    @Nullable FloatHistogram[] column = histograms;
    if (column == null) {
      column = new FloatHistogram[timestamps.length];
      histograms = column;
    }
    column[size] = histogram;
    timestamps[size++] = timestamp;
  }
}
