package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.record.HistogramRecords;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import org.jspecify.annotations.Nullable;

/** The histograms of one appender on their way to the log: a record for each of the four kinds. */
final class HistogramLog {

  private static final int KINDS = 4;
  private static final int MAX_RECORD = 1 << 22;

  private final @Nullable WriteBuffer[] records = new WriteBuffer[KINDS];
  private final long[] firstRefs = new long[KINDS];
  private final long[] firstTimes = new long[KINDS];
  private int last;

  void add(AppendBuffers b, long ref, long t, Object histogram) {
    int type =
        histogram instanceof Histogram h
            ? HistogramRecords.type(h)
            : HistogramRecords.type((FloatHistogram) histogram);
    int kind = type - RecordType.HISTOGRAMS;
    if (kind != last) {
      // A series may change its kind: what came before must come before in the log, too.
      flush(b);
      last = kind;
    }
    WriteBuffer out = records[kind];
    if (out == null) {
      out = new WriteBuffer(1024);
      records[kind] = out;
    }
    if (out.length() == 0) {
      firstRefs[kind] = ref;
      firstTimes[kind] = t;
      HistogramRecords.begin(out, type, ref, t);
    }
    if (histogram instanceof Histogram h) {
      HistogramRecords.add(out, ref - firstRefs[kind], t - firstTimes[kind], h);
    } else {
      HistogramRecords.add(
          out, ref - firstRefs[kind], t - firstTimes[kind], (FloatHistogram) histogram);
    }
    if (out.length() >= MAX_RECORD) {
      flush(b);
    }
  }

  /** Hands the records over. */
  void flush(AppendBuffers b) {
    for (WriteBuffer out : records) {
      if (out != null && out.length() > 0) {
        b.compressor.add(b.records, out.array(), 0, out.length());
        out.clear();
      }
    }
  }
}
