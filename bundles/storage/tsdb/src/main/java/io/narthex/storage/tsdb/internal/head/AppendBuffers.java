package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import io.narthex.storage.tsdb.internal.wal.RecordCompressor;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The memory of an appender, which the next one takes over. */
final class AppendBuffers {

  /** More samples than that are not worth keeping the memory for. */
  private static final int KEEP = 1 << 18;

  int[] rows = new int[256];
  long[] times = new long[256];
  long[] bits = new long[256];

  /**
   * For each sample a Histogram or a FloatHistogram, or null where it is a float; null if all are.
   */
  @Nullable Object @Nullable [] histograms;

  final WriteBuffer samples = new WriteBuffer(4096);
  final WriteBuffer others = new WriteBuffer(256);
  final RecordBatch records = new RecordBatch();
  final RecordCompressor compressor;
  final LabelBytes labels = new LabelBytes();

  AppendBuffers(WalCompression compression) {
    compressor = new RecordCompressor(compression);
  }

  void grow() {
    int n = rows.length * 2;
    rows = Arrays.copyOf(rows, n);
    times = Arrays.copyOf(times, n);
    bits = Arrays.copyOf(bits, n);
    if (histograms != null) {
      histograms = Arrays.copyOf(histograms, n);
    }
  }

  /** Empties the buffers; false if they have become too large to keep. */
  boolean recycle() {
    histograms = null;
    labels.forget();
    samples.clear();
    others.clear();
    records.clear();
    return rows.length <= KEEP;
  }
}
