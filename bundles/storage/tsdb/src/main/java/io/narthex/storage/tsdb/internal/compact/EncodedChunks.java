package io.narthex.storage.tsdb.internal.compact;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk.Reset;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.chunk.Xor2Chunk;
import io.narthex.storage.tsdb.internal.chunk.Xor2Format;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts samples into chunks. A chunk ends with a number of samples, and where a sample of another
 * kind, or a histogram that does not fit, follows.
 */
final class EncodedChunks {

  /** Takes a chunk that is complete. */
  @FunctionalInterface
  interface Sink {
    void accept(long minTime, long maxTime, int encoding, MemorySegment data);
  }

  private final Sink sink;
  private final XorChunk floats = new XorChunk();
  private final Xor2Chunk floatsWithStarts = new Xor2Chunk();
  private @Nullable HistogramChunk histograms;
  private @Nullable Object last;
  private Reset firstReset = Reset.UNKNOWN;
  private boolean withStarts;
  private int limit;
  private long minTime;
  private long maxTime;

  EncodedChunks(Sink sink) {
    this.sink = sink;
  }

  /**
   * Begins anew.
   *
   * @param samples the most of a chunk
   * @param reset what is said of the first sample, if it is a histogram
   * @param starts whether floats are encoded such that they can have start timestamps
   */
  void begin(int samples, Reset reset, boolean starts) {
    withStarts = starts;
    limit = Math.min(samples, XorChunk.MAX_SAMPLES);
    firstReset = reset;
    last = null;
  }

  /**
   * Adds a float.
   *
   * @param start its start timestamp, 0 if it is unknown
   */
  void add(long t, double value, long start) {
    if (floatCount() == limit || histograms != null) {
      end();
    }
    if (floatCount() == 0) {
      minTime = t;
    }
    if (withStarts) {
      floatsWithStarts.add(t, value, start);
    } else {
      floats.add(t, value);
    }
    maxTime = t;
    last = null;
    firstReset = Reset.UNKNOWN;
  }

  private int floatCount() {
    return withStarts ? floatsWithStarts.samples() : floats.samples();
  }

  /**
   * @param next a Histogram or a FloatHistogram
   */
  void add(long t, Object next) {
    HistogramChunk open = histograms;
    HistogramChunk grown =
        open == null || last == null || open.samples() >= limit
            ? null
            : HistogramMerge.append(open, last, t, next);
    if (grown == null) {
      Reset reset = reset(next);
      end();
      grown = first(t, next, reset);
      minTime = t;
    }
    histograms = grown;
    last = next;
    maxTime = t;
    firstReset = Reset.UNKNOWN;
  }

  /** What a chunk that begins with this sample says of a reset before it. */
  private Reset reset(Object next) {
    if (HistogramMerge.hint(next) == CounterResetHint.GAUGE) {
      return Reset.GAUGE;
    }
    Object before = last;
    if (before == null) {
      return firstReset;
    }
    if (before.getClass() != next.getClass()
        || HistogramMerge.isStale(before)
        || HistogramMerge.isStale(next)) {
      return Reset.UNKNOWN;
    }
    return HistogramMerge.isReset(before, next) ? Reset.RESET : Reset.NOT_RESET;
  }

  private static HistogramChunk first(long t, Object next, Reset reset) {
    HistogramChunk chunk;
    if (next instanceof Histogram h) {
      chunk = HistogramChunk.of(h, reset);
      chunk.add(t, h);
    } else {
      FloatHistogram h = (FloatHistogram) next;
      chunk = HistogramChunk.of(h, reset);
      chunk.add(t, h);
    }
    return chunk;
  }

  /** Completes the open chunk, if there is one. */
  void end() {
    HistogramChunk open = histograms;
    if (open != null) {
      byte[] data = Arrays.copyOf(open.array(), open.length());
      sink.accept(minTime, maxTime, open.encoding(), MemorySegment.ofArray(data));
      histograms = null;
    }
    if (floats.samples() > 0) {
      sink.accept(
          minTime, maxTime, XorFormat.ENCODING, MemorySegment.ofArray(floats.toByteArray()));
      floats.clear();
    }
    if (floatsWithStarts.samples() > 0) {
      sink.accept(
          minTime,
          maxTime,
          Xor2Format.ENCODING,
          MemorySegment.ofArray(floatsWithStarts.toByteArray()));
      floatsWithStarts.clear();
    }
  }
}
