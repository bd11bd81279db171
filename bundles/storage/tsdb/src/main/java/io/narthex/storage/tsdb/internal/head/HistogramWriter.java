package io.narthex.storage.tsdb.internal.head;

import static io.narthex.storage.tsdb.internal.head.SeriesRows.BYTE;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.INT;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.LONG;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.SHORT;

import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk.Reset;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.head.OpenHistograms.OpenHistogram;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Puts histograms into the open chunks of series. For the one thread that applies commits.
 *
 * <p>A chunk is cut at its predicted end or at twice the target of bytes, though not with less than
 * {@link #MIN_SAMPLES} before the end of the range; and where a counter was reset, or schema, zero
 * threshold, bounds, or the kind of histogram change.
 */
final class HistogramWriter {

  private static final int TARGET_BYTES = 1024;
  private static final int MIN_SAMPLES = 10;

  private final SeriesRows rows;
  private final ChunkMemory chunks;
  private final ChunkCuts cuts;
  final OpenHistograms open = new OpenHistograms();

  HistogramWriter(SeriesRows rows, ChunkMemory chunks, ChunkCuts cuts) {
    this.rows = rows;
    this.chunks = chunks;
    this.cuts = cuts;
  }

  /**
   * Adds a sample, which is newer than the newest of the series. An open chunk of floats must have
   * been closed. True if it began a chunk.
   *
   * @param histogram a Histogram or a FloatHistogram
   */
  boolean append(int row, long t, Object histogram) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    SeqLock.beginWrite(page, o);
    OpenHistogram current = open.get(page.get(INT, o + SeriesRows.OPEN));
    boolean began = current == null || !add(page, o, current, t, histogram);
    if (began) {
      Reset reset = current == null ? gaugeOr(histogram, Reset.UNKNOWN) : after(current, histogram);
      close(page, o);
      begin(page, o, t, histogram, reset);
    }
    page.set(LONG, o + SeriesRows.LAST_T, t);
    page.set(
        BYTE,
        o + SeriesRows.KIND,
        histogram instanceof Histogram ? SeriesRows.HISTOGRAM : SeriesRows.FLOAT_HISTOGRAM);
    SeqLock.endWrite(page, o);
    return began;
  }

  /** Adds to the open chunk; false if the sample needs another. */
  private boolean add(MemorySegment page, long o, OpenHistogram current, long t, Object histogram) {
    if (isFull(page, o, current.chunk, t)) {
      return false;
    }
    HistogramChunk grown = HistogramMerge.append(current.chunk, current.last, t, histogram);
    if (grown == null) {
      return false;
    }
    current.chunk = grown;
    current.last = histogram;
    page.set(SHORT, o + SeriesRows.SAMPLES, (short) grown.samples());
    return true;
  }

  private boolean isFull(MemorySegment page, long o, HistogramChunk chunk, long t) {
    long minTime = page.get(LONG, o + SeriesRows.MIN_T);
    int rangeEnd = cuts.rangeEnd(minTime);
    int end = page.get(INT, o + SeriesRows.END);
    int bytes = chunk.length();
    if (end == rangeEnd && bytes >= TARGET_BYTES / 4) {
      long last = page.get(LONG, o + SeriesRows.LAST_T);
      end = cuts.predictEnd(minTime, last, end, (double) TARGET_BYTES / bytes);
      page.set(INT, o + SeriesRows.END, end);
    }
    if (t - minTime >= rangeEnd || chunk.samples() >= Short.MAX_VALUE) {
      return true;
    }
    return (t - minTime >= end || bytes >= 2 * TARGET_BYTES) && chunk.samples() >= MIN_SAMPLES;
  }

  /** What a chunk that begins with {@code next}, after the open one, is to say of a reset. */
  private static Reset after(OpenHistogram current, Object next) {
    if (HistogramMerge.isStale(current.last) || current.last.getClass() != next.getClass()) {
      return gaugeOr(next, Reset.UNKNOWN);
    }
    return gaugeOr(
        next, HistogramMerge.isReset(current.last, next) ? Reset.RESET : Reset.NOT_RESET);
  }

  private static Reset gaugeOr(Object histogram, Reset other) {
    return HistogramMerge.hint(histogram) == CounterResetHint.GAUGE ? Reset.GAUGE : other;
  }

  private void begin(MemorySegment page, long o, long t, Object histogram, Reset reset) {
    HistogramChunk chunk;
    if (histogram instanceof Histogram h) {
      chunk = HistogramChunk.of(h, reset);
      chunk.add(t, h);
    } else {
      FloatHistogram h = (FloatHistogram) histogram;
      chunk = HistogramChunk.of(h, reset);
      chunk.add(t, h);
    }
    page.set(INT, o + SeriesRows.OPEN, open.add(new OpenHistogram(chunk, histogram)));
    page.set(SHORT, o + SeriesRows.SAMPLES, (short) 1);
    page.set(INT, o + SeriesRows.END, cuts.rangeEnd(t));
    page.set(LONG, o + SeriesRows.MIN_T, t);
  }

  /** Moves the open chunk, if there is one, to where it stays. */
  private void close(MemorySegment page, long o) {
    int number = page.get(INT, o + SeriesRows.OPEN);
    OpenHistogram current = open.get(number);
    if (current == null) {
      return;
    }
    HistogramChunk chunk = current.chunk;
    int place =
        chunks.close(
            page.get(INT, o + SeriesRows.CLOSED),
            chunk.encoding(),
            chunk.samples(),
            page.get(LONG, o + SeriesRows.MIN_T),
            page.get(LONG, o + SeriesRows.LAST_T),
            MemorySegment.ofArray(chunk.array()),
            0,
            chunk.length());
    page.set(INT, o + SeriesRows.CLOSED, place);
    page.set(INT, o + SeriesRows.OPEN, 0);
    open.remove(number);
  }

  /** Closes the open chunk of a series of histograms, as a float follows. */
  void close(int row) {
    MemorySegment page = rows.page(row);
    long o = SeriesRows.offset(row);
    SeqLock.beginWrite(page, o);
    close(page, o);
    SeqLock.endWrite(page, o);
  }

  /** The newest histogram of a series, null if its newest sample is none; under the apply lock. */
  @Nullable Object last(int row) {
    if (rows.kind(row) < SeriesRows.HISTOGRAM) {
      return null;
    }
    OpenHistogram current =
        open.get(rows.page(row).get(INT, SeriesRows.offset(row) + SeriesRows.OPEN));
    return current == null ? null : current.last;
  }

  /** A stale marker in the form of the series' newest histogram. */
  static Object stale(byte kind) {
    return kind == SeriesRows.HISTOGRAM
        ? HistogramMerge.stale(StaleMarker.VALUE)
        : HistogramMerge.staleFloat(StaleMarker.VALUE);
  }
}
