package io.narthex.storage.tsdb.internal.ooo;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.chunk.XorChunk;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Makes chunks of sorted samples: a new one where the kind of sample changes, a counter was reset,
 * or the limit is reached. What is known of a reset before a chunk is left open, because samples
 * may lie between it and the one before.
 */
public final class ChunkCutter {

  /** Takes the chunks, in the order of their times. */
  @FunctionalInterface
  public interface Sink {
    /** Takes the chunk of the samples from {@code from} to before {@code to}. */
    void accept(int encoding, int from, int to, byte[] data);
  }

  private ChunkCutter() {}

  /**
   * @param limit the most samples in a chunk
   */
  public static void cut(OutOfOrderSamples samples, int limit, Sink sink) {
    cut(samples.times, samples.bits, samples.histograms, samples.size, limit, sink);
  }

  static void cut(
      long[] times,
      long[] bits,
      @Nullable Object @Nullable [] histograms,
      int size,
      int limit,
      Sink sink) {
    int from = 0;
    while (from < size) {
      Object first = histograms == null ? null : histograms[from];
      from =
          first == null || histograms == null
              ? floats(times, bits, histograms, from, Math.min(size, from + limit), sink)
              : histograms(times, histograms, from, Math.min(size, from + limit), sink);
    }
  }

  private static int floats(
      long[] times,
      long[] bits,
      @Nullable Object @Nullable [] histograms,
      int from,
      int limit,
      Sink sink) {
    int to = from + 1;
    while (to < limit && (histograms == null || histograms[to] == null)) {
      to++;
    }
    XorChunk chunk = new XorChunk();
    for (int i = from; i < to; i++) {
      chunk.add(times[i], bits[i]);
    }
    sink.accept(XorFormat.ENCODING, from, to, chunk.toByteArray());
    return to;
  }

  private static int histograms(
      long[] times, @Nullable Object[] histograms, int from, int limit, Sink sink) {
    Object last = histograms[from];
    if (last == null) {
      throw new IllegalArgumentException("no histogram at " + from);
    }
    HistogramChunk chunk = begin(times[from], last);
    int to = from + 1;
    while (to < limit) {
      Object next = histograms[to];
      HistogramChunk grown =
          next == null ? null : HistogramMerge.append(chunk, last, times[to], next);
      if (grown == null || next == null) {
        break;
      }
      chunk = grown;
      last = next;
      to++;
    }
    sink.accept(chunk.encoding(), from, to, Arrays.copyOf(chunk.array(), chunk.length()));
    return to;
  }

  private static HistogramChunk begin(long t, Object histogram) {
    HistogramChunk.Reset reset =
        HistogramMerge.hint(histogram) == CounterResetHint.GAUGE
            ? HistogramChunk.Reset.GAUGE
            : HistogramChunk.Reset.UNKNOWN;
    return HistogramMerge.begin(t, histogram, reset);
  }
}
