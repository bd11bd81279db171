package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.model.histogram.Resolution;
import io.narthex.storage.tsdb.internal.chunk.HistogramCheck;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrder;
import io.narthex.storage.tsdb.internal.record.HistogramRecords;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.MarkerRecords;
import io.narthex.storage.tsdb.internal.record.ReadBuffer;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.SampleColumns;
import io.narthex.storage.tsdb.internal.record.SampleRecords;
import java.util.function.LongToIntFunction;

/**
 * Puts the records of the out-of-order log into a head that has replayed its other log. That may
 * have lost series in a crash of the machine whose samples are here: no new series gets their
 * references, or it would get the samples at the next replay.
 */
public final class OutOfOrderReplay implements HistogramRecords.Sink {

  private final Head head;
  private final OutOfOrder target;
  private final LongToIntFunction rowOf;
  private final ReadBuffer in = new ReadBuffer();
  private final SampleColumns samples = new SampleColumns();
  private long unknownSamples;
  private long unknownHistograms;
  private long unknownMarkers;
  private long badHistograms;

  /**
   * @param replay of the write-ahead log, which knows the series
   */
  public OutOfOrderReplay(Head head, Replay replay) {
    this.head = head;
    this.target = head.outOfOrder;
    this.rowOf = replay::rowOf;
  }

  /** Applies one record. */
  public void record(byte[] data, int offset, int length) throws MalformedRecordException {
    in.reset(data, offset, length);
    if (length == 0) {
      return;
    }
    int type = in.get();
    switch (type) {
      case RecordType.SAMPLES -> {
        samples.size = 0;
        SampleRecords.decode(in, samples);
        apply();
      }
      case RecordType.SAMPLES_V2 -> {
        samples.size = 0;
        SampleRecords.decodeV2(in, samples);
        apply();
      }
      case RecordType.HISTOGRAMS,
          RecordType.FLOAT_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_HISTOGRAMS,
          RecordType.CUSTOM_BUCKETS_FLOAT_HISTOGRAMS ->
          HistogramRecords.decode(in, type, this);
      case RecordType.HISTOGRAMS_V2, RecordType.FLOAT_HISTOGRAMS_V2 ->
          HistogramRecords.decodeV2(in, type, this);
      case RecordType.MMAP_MARKERS -> MarkerRecords.decode(in, this::marker);
      default -> {
        // A record of a later version, or one that has no meaning in this log.
      }
    }
    target.cutTouched(Long.MAX_VALUE);
  }

  private void apply() {
    for (int i = 0; i < samples.size; i++) {
      int row = rowOf.applyAsInt(samples.refs[i]);
      if (row < 0) {
        head.reserveRef(samples.refs[i]);
        unknownSamples++;
      } else {
        long bits = Double.doubleToRawLongBits(samples.values[i]);
        target.insert(row, samples.timestamps[i], bits, null, 0);
      }
    }
  }

  @Override
  public void accept(long ref, long t, Histogram h) {
    boolean stale = StaleMarker.is(h.sum());
    if (!stale && HistogramCheck.check(h) != null) {
      badHistograms++;
    } else {
      histogram(
          ref,
          t,
          stale ? HistogramMerge.stale(h.sum()) : Resolution.reduce(h, HistogramCheck.MAX_SCHEMA));
    }
  }

  @Override
  public void accept(long ref, long t, FloatHistogram h) {
    if (!h.isStale() && HistogramCheck.check(h) != null) {
      badHistograms++;
    } else {
      histogram(
          ref,
          t,
          h.isStale()
              ? HistogramMerge.staleFloat(h.sum())
              : Resolution.reduce(h, HistogramCheck.MAX_SCHEMA));
    }
  }

  private void histogram(long ref, long t, Object histogram) {
    int row = rowOf.applyAsInt(ref);
    if (row < 0) {
      head.reserveRef(ref);
      unknownHistograms++;
    } else {
      target.insert(row, t, 0, histogram, 0);
    }
  }

  /** What came of a series until now is in a chunk file, if that is still there. */
  private void marker(long ref, long chunk) {
    int row = rowOf.applyAsInt(ref);
    if (row < 0) {
      head.reserveRef(ref);
      unknownMarkers++;
    } else if (target.hasFileChunk(row, chunk)) {
      target.keepFilesOnly(row);
    }
  }

  public long unknownSamples() {
    return unknownSamples;
  }

  public long unknownHistograms() {
    return unknownHistograms;
  }

  public long unknownMarkers() {
    return unknownMarkers;
  }

  public long badHistograms() {
    return badHistograms;
  }
}
