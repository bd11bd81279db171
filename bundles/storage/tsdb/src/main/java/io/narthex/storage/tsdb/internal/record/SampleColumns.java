package io.narthex.storage.tsdb.internal.record;

import java.util.Arrays;

/** Float samples of any series in columns, as a record holds them. Reused: set {@link #size} 0. */
public final class SampleColumns {
  public long[] refs = new long[256];
  public long[] timestamps = new long[256];
  public double[] values = new double[256];
  public int size;

  public void add(long ref, long timestamp, double value) {
    if (size == refs.length) {
      refs = Arrays.copyOf(refs, size * 2);
      timestamps = Arrays.copyOf(timestamps, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    refs[size] = ref;
    timestamps[size] = timestamp;
    values[size++] = value;
  }
}
