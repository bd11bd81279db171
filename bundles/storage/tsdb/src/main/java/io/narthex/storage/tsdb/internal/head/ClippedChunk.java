package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.SampleBatch;
import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.chunk.HistogramReader;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the part of a chunk anew that lies in a time range and was not deleted. Histograms can
 * need several chunks then: where one of them follows another that it does not fit to.
 */
final class ClippedChunk {

  /** Takes what is left of a chunk. */
  @FunctionalInterface
  interface Sink {
    void accept(long minTime, long maxTime, int encoding, MemorySegment data);
  }

  private final XorReader reader = new XorReader();
  private final XorChunk writer = new XorChunk();
  private final SampleBatch batch = new SampleBatch();
  private long start;
  private long end;
  private Intervals deleted = Intervals.NONE;

  /**
   * @param data the whole chunk
   * @param from the first time that is kept
   * @param to the last time that is kept
   */
  void clip(
      int encoding, byte[] data, int samples, long from, long to, Intervals without, Sink sink) {
    start = from;
    end = to;
    deleted = without;
    if (encoding == XorFormat.ENCODING) {
      floats(data, samples, sink);
    } else {
      histograms(new HistogramReader(encoding, data, data.length, samples), data, samples, sink);
    }
  }

  private boolean isKept(long t) {
    return t >= start && t <= end && !deleted.has(t);
  }

  private void floats(byte[] data, int samples, Sink sink) {
    System.arraycopy(data, 0, reader.buffer(data.length), 0, data.length);
    reader.reset(data.length, samples);
    writer.clear();
    long first = 0;
    long last = 0;
    while (reader.hasRemaining()) {
      batch.clear();
      reader.read(batch);
      for (int i = 0; i < batch.size; i++) {
        long t = batch.timestamps[i];
        if (isKept(t)) {
          first = writer.samples() == 0 ? t : first;
          last = t;
          writer.add(t, Double.doubleToRawLongBits(batch.values[i]));
        }
      }
    }
    if (writer.samples() > 0) {
      byte[] out = writer.toByteArray();
      sink.accept(first, last, XorFormat.ENCODING, MemorySegment.ofArray(out));
    }
  }

  private void histograms(HistogramReader in, byte[] data, int samples, Sink sink) {
    HistogramChunk chunk = null;
    Object last = null;
    long firstTime = 0;
    long lastTime = 0;
    for (int i = 0; i < samples; i++) {
      Object h = in.isFloat() ? in.nextFloat() : in.next();
      long t = in.time();
      if (!isKept(t)) {
        continue;
      }
      HistogramChunk grown =
          chunk == null || last == null ? null : HistogramMerge.append(chunk, last, t, h);
      if (grown == null) {
        hand(chunk, firstTime, lastTime, sink);
        grown = HistogramMerge.begin(t, h, i == 0 ? HistogramMerge.reset(data) : null);
        firstTime = t;
      }
      chunk = grown;
      last = h;
      lastTime = t;
    }
    hand(chunk, firstTime, lastTime, sink);
  }

  private static void hand(
      @Nullable HistogramChunk chunk, long firstTime, long lastTime, Sink sink) {
    if (chunk != null) {
      MemorySegment data = MemorySegment.ofArray(Arrays.copyOf(chunk.array(), chunk.length()));
      sink.accept(firstTime, lastTime, chunk.encoding(), data);
    }
  }
}
