package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrder;
import io.narthex.storage.tsdb.internal.record.HistogramRecords;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.SampleRecords;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import io.narthex.storage.tsdb.internal.wal.RecordCompressor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The out-of-order samples of one appender. */
final class OutOfOrderBatch {

  /** Bytes of samples in one record of the log. */
  private static final int MAX_RECORD = 1 << 20;

  private int[] rows = new int[16];
  private long[] times = new long[16];
  private long[] bits = new long[16];
  private @Nullable Object @Nullable [] histograms;
  private int size;

  void add(int row, long t, long value, @Nullable Object histogram) {
    int n = size;
    if (n == rows.length) {
      rows = Arrays.copyOf(rows, n * 2);
      times = Arrays.copyOf(times, n * 2);
      bits = Arrays.copyOf(bits, n * 2);
      if (histograms != null) {
        histograms = Arrays.copyOf(histograms, n * 2);
      }
    }
    rows[n] = row;
    times[n] = t;
    bits[n] = value;
    if (histogram != null) {
      @Nullable Object[] column = histograms;
      if (column == null) {
        column = new Object[rows.length];
        histograms = column;
      }
      column[n] = histogram;
    }
    size = n + 1;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
    histograms = null;
  }

  private @Nullable Object histogram(int i) {
    return histograms == null ? null : histograms[i];
  }

  /** Adds the records of the samples: a new one where the kind of sample changes. */
  void encode(Head head, WriteBuffer out, RecordCompressor compressor, RecordBatch to) {
    int from = 0;
    while (from < size) {
      out.clear();
      int type = type(histogram(from));
      long firstRef = head.rows.ref(rows[from]);
      long firstTime = times[from];
      begin(out, type, firstRef, firstTime);
      int i = from;
      while (i < size && out.length() < MAX_RECORD && type(histogram(i)) == type) {
        add(out, firstRef, firstTime, head.rows.ref(rows[i]), i);
        i++;
      }
      compressor.add(to, out.array(), 0, out.length());
      from = i;
    }
    out.clear();
  }

  private static int type(@Nullable Object histogram) {
    if (histogram == null) {
      return RecordType.SAMPLES;
    }
    return histogram instanceof Histogram h
        ? HistogramRecords.type(h)
        : HistogramRecords.type((FloatHistogram) histogram);
  }

  private static void begin(WriteBuffer out, int type, long ref, long t) {
    if (type == RecordType.SAMPLES) {
      SampleRecords.begin(out, ref, t);
    } else {
      HistogramRecords.begin(out, type, ref, t);
    }
  }

  private void add(WriteBuffer out, long firstRef, long firstTime, long ref, int i) {
    Object h = histogram(i);
    if (h == null) {
      double value = Double.longBitsToDouble(bits[i]);
      SampleRecords.add(out, firstRef, firstTime, ref, times[i], value);
    } else if (h instanceof Histogram integer) {
      HistogramRecords.add(out, ref - firstRef, times[i] - firstTime, integer);
    } else {
      HistogramRecords.add(out, ref - firstRef, times[i] - firstTime, (FloatHistogram) h);
    }
  }

  /**
   * Puts the samples into the head.
   *
   * @param commit that makes them visible
   */
  void insert(Head head, long commit) {
    OutOfOrder target = head.outOfOrder;
    int floats = 0;
    int others = 0;
    for (int i = 0; i < size; i++) {
      Object h = histogram(i);
      if (target.insert(rows[i], times[i], bits[i], h, commit)) {
        floats += h == null ? 1 : 0;
        others += h == null ? 0 : 1;
      }
    }
    head.counters().floatsAppended.add(floats);
    head.counters().histogramsAppended.add(others);
    target.floatsAppended.add(floats);
    target.histogramsAppended.add(others);
  }
}
