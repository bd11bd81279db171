package io.narthex.storage.tsdb.internal.ooo;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of one series in columns, ascending in time, each time once. */
public final class OutOfOrderSamples {

  static final OutOfOrderSamples NONE = new OutOfOrderSamples(0);

  public long[] times;

  /** Bits of the float values; undefined where {@link #histograms} has one. */
  public long[] bits;

  /** A Histogram or a FloatHistogram, null at floats; null if all are floats. */
  public @Nullable Object @Nullable [] histograms;

  public int size;

  public OutOfOrderSamples(int capacity) {
    times = new long[capacity];
    bits = new long[capacity];
  }

  public void add(long t, long value, @Nullable Object histogram) {
    int n = size;
    if (n == times.length) {
      int room = Math.max(16, n * 2);
      times = Arrays.copyOf(times, room);
      bits = Arrays.copyOf(bits, room);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, room);
      }
    }
    times[n] = t;
    bits[n] = value;
    if (histogram != null) {
      @Nullable Object[] column = histograms;
      if (column == null) {
        column = new Object[times.length];
        histograms = column;
      }
      column[n] = histogram;
    }
    size = n + 1;
  }

  public @Nullable Object histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /** One of all runs; where several have a time, the sample of the earliest of them is taken. */
  static OutOfOrderSamples merge(List<OutOfOrderSamples> runs) {
    List<OutOfOrderSamples> rest = runs;
    while (rest.size() > 1) {
      OutOfOrderSamples[] half = new OutOfOrderSamples[(rest.size() + 1) / 2];
      for (int i = 0; i < half.length; i++) {
        half[i] =
            2 * i + 1 < rest.size() ? merge(rest.get(2 * i), rest.get(2 * i + 1)) : rest.get(2 * i);
      }
      rest = Arrays.asList(half);
    }
    return rest.isEmpty() ? NONE : rest.getFirst();
  }

  private static OutOfOrderSamples merge(OutOfOrderSamples a, OutOfOrderSamples b) {
    OutOfOrderSamples out = new OutOfOrderSamples(a.size + b.size);
    int i = 0;
    int k = 0;
    while (i < a.size || k < b.size) {
      if (k == b.size || (i < a.size && a.times[i] <= b.times[k])) {
        if (k < b.size && a.times[i] == b.times[k]) {
          k++;
        }
        out.add(a.times[i], a.bits[i], a.histogram(i));
        i++;
      } else {
        out.add(b.times[k], b.bits[k], b.histogram(k));
        k++;
      }
    }
    return out;
  }
}
