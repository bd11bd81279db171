package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds histograms to chunks whose layout differs in buckets: the sample gets the chunk's buckets as
 * empty ones, and if it has more, the chunk is written anew with those.
 *
 * <p>Histograms are handed over as Objects, either {@link Histogram} or {@link FloatHistogram}.
 */
public final class HistogramMerge {

  private static final int[] NO_SPANS = {};
  private static final long[] NO_DELTAS = {};
  private static final double[] NO_FLOATS = {};

  private HistogramMerge() {}

  public static Histogram stale(double marker) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        0,
        0,
        0,
        0,
        marker,
        NO_SPANS,
        NO_SPANS,
        NO_DELTAS,
        NO_DELTAS,
        NO_FLOATS);
  }

  public static FloatHistogram staleFloat(double marker) {
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        0,
        0,
        0,
        0,
        marker,
        NO_SPANS,
        NO_SPANS,
        NO_FLOATS,
        NO_FLOATS,
        NO_FLOATS);
  }

  public static boolean isStale(Object histogram) {
    return histogram instanceof Histogram h
        ? StaleMarker.is(h.sum())
        : ((FloatHistogram) histogram).isStale();
  }

  public static CounterResetHint hint(Object histogram) {
    return histogram instanceof Histogram h ? h.hint() : ((FloatHistogram) histogram).hint();
  }

  /**
   * Adds a sample.
   *
   * @param last the chunk's newest sample
   * @return the chunk, or another with the same samples and wider buckets; null if the sample needs
   *     a chunk of its own
   */
  public static @Nullable HistogramChunk append(
      HistogramChunk chunk, Object last, long t, Object next) {
    if (last.getClass() != next.getClass()) {
      return null;
    }
    if (isStale(next)) {
      add(chunk, t, next);
      return chunk;
    }
    boolean gauge = hint(next) == CounterResetHint.GAUGE;
    if (isStale(last)
        || gauge != isGauge(chunk)
        || hint(next) == CounterResetHint.RESET
        || !chunk.layout().fits(layout(next))
        || (!gauge && isReset(last, next))) {
      return null;
    }
    HistogramLayout is = chunk.layout();
    HistogramLayout wanted = layout(next);
    int[] positive = Buckets.indices(is.positive());
    int[] negative = Buckets.indices(is.negative());
    int[] allPositive = Buckets.union(positive, Buckets.indices(wanted.positive()));
    int[] allNegative = Buckets.union(negative, Buckets.indices(wanted.negative()));
    HistogramChunk target = chunk;
    if (allPositive.length > positive.length || allNegative.length > negative.length) {
      target = widen(chunk, allPositive, allNegative);
    }
    add(target, t, widen(next, allPositive, allNegative, target.layout()));
    return target;
  }

  /**
   * Begins a chunk with a sample.
   *
   * @param reset what the chunk is to say of a reset before it; null for what the sample says
   */
  public static HistogramChunk begin(long t, Object first, HistogramChunk.@Nullable Reset reset) {
    HistogramChunk.Reset flags = reset;
    if (flags == null) {
      flags =
          switch (hint(first)) {
            case GAUGE -> HistogramChunk.Reset.GAUGE;
            case RESET -> HistogramChunk.Reset.RESET;
            case UNKNOWN, NOT_RESET -> HistogramChunk.Reset.UNKNOWN;
          };
    }
    HistogramChunk chunk =
        first instanceof Histogram h
            ? HistogramChunk.of(h, flags)
            : HistogramChunk.of((FloatHistogram) first, flags);
    add(chunk, t, first);
    return chunk;
  }

  /** What a chunk says of a reset before it. */
  public static HistogramChunk.Reset reset(byte[] chunk) {
    return HistogramChunk.Reset.values()[(chunk[2] & 0xFF) >>> 6];
  }

  private static boolean isGauge(HistogramChunk chunk) {
    return (chunk.array()[2] & 0xFF) >>> 6 == HistogramChunk.Reset.GAUGE.ordinal();
  }

  private static HistogramLayout layout(Object histogram) {
    return histogram instanceof Histogram h
        ? HistogramLayout.of(h)
        : HistogramLayout.of((FloatHistogram) histogram);
  }

  private static void add(HistogramChunk chunk, long t, Object histogram) {
    if (histogram instanceof Histogram h) {
      chunk.add(t, h);
    } else {
      chunk.add(t, (FloatHistogram) histogram);
    }
  }

  /** Writes a chunk anew with more buckets. */
  private static HistogramChunk widen(HistogramChunk chunk, int[] positive, int[] negative) {
    HistogramReader reader =
        new HistogramReader(chunk.encoding(), chunk.array(), chunk.length(), chunk.samples());
    HistogramChunk.Reset reset = HistogramChunk.Reset.values()[(chunk.array()[2] & 0xFF) >>> 6];
    HistogramLayout is = chunk.layout();
    HistogramLayout wide =
        new HistogramLayout(
            is.schema(),
            is.zeroThreshold(),
            Buckets.spans(positive),
            Buckets.spans(negative),
            is.bounds());
    HistogramChunk out = null;
    while (reader.hasRemaining()) {
      Object narrow = reader.isFloat() ? reader.nextFloat() : reader.next();
      Object h = widen(narrow, positive, negative, wide);
      if (out == null) {
        out =
            h instanceof Histogram i
                ? HistogramChunk.of(i, reset)
                : HistogramChunk.of((FloatHistogram) h, reset);
      }
      add(out, reader.time(), h);
    }
    if (out == null) {
      throw new IllegalStateException("an open chunk without samples");
    }
    return out;
  }

  /** The histogram with the buckets of a layout. */
  private static Object widen(
      Object histogram, int[] positive, int[] negative, HistogramLayout layout) {
    if (isStale(histogram)) {
      return histogram;
    }
    if (histogram instanceof Histogram h) {
      return new Histogram(
          h.hint(),
          h.schema(),
          h.zeroThreshold(),
          h.zeroCount(),
          h.count(),
          h.sum(),
          layout.positive(),
          layout.negative(),
          Buckets.widen(h.positiveDeltas(), Buckets.indices(h.positiveSpans()), positive),
          Buckets.widen(h.negativeDeltas(), Buckets.indices(h.negativeSpans()), negative),
          h.customValues());
    }
    FloatHistogram h = (FloatHistogram) histogram;
    return new FloatHistogram(
        h.hint(),
        h.schema(),
        h.zeroThreshold(),
        h.zeroCount(),
        h.count(),
        h.sum(),
        layout.positive(),
        layout.negative(),
        Buckets.widen(h.positiveCounts(), Buckets.indices(h.positiveSpans()), positive),
        Buckets.widen(h.negativeCounts(), Buckets.indices(h.negativeSpans()), negative),
        h.customValues());
  }

  /** Whether the counts say that the counters were reset between two samples of one kind. */
  public static boolean isReset(Object before, Object after) {
    if (hint(after) == CounterResetHint.RESET) {
      return true;
    }
    FloatHistogram a = before instanceof Histogram h ? h.toFloat() : (FloatHistogram) before;
    FloatHistogram b = after instanceof Histogram h ? h.toFloat() : (FloatHistogram) after;
    if (b.count() < a.count() || b.zeroCount() < a.zeroCount()) {
      return true;
    }
    return hasFewer(a.positiveSpans(), a.positiveCounts(), b.positiveSpans(), b.positiveCounts())
        || hasFewer(a.negativeSpans(), a.negativeCounts(), b.negativeSpans(), b.negativeCounts());
  }

  private static boolean hasFewer(int[] spansA, double[] a, int[] spansB, double[] b) {
    int[] indicesB = Buckets.indices(spansB);
    int[] indicesA = Buckets.indices(spansA);
    for (int i = 0; i < indicesA.length; i++) {
      int at = Arrays.binarySearch(indicesB, indicesA[i]);
      if ((at < 0 ? 0 : b[at]) < a[i]) {
        return true;
      }
    }
    return false;
  }

  /** Whether two histograms are the same sample: the hint does not count. */
  public static boolean isSame(Object a, Object b) {
    if (a instanceof Histogram x && b instanceof Histogram y) {
      return x.schema() == y.schema()
          && x.zeroThreshold() == y.zeroThreshold()
          && x.zeroCount() == y.zeroCount()
          && x.count() == y.count()
          && Double.doubleToRawLongBits(x.sum()) == Double.doubleToRawLongBits(y.sum())
          && Arrays.equals(x.positiveSpans(), y.positiveSpans())
          && Arrays.equals(x.negativeSpans(), y.negativeSpans())
          && Arrays.equals(x.positiveDeltas(), y.positiveDeltas())
          && Arrays.equals(x.negativeDeltas(), y.negativeDeltas())
          && Arrays.equals(x.customValues(), y.customValues());
    }
    if (a instanceof FloatHistogram x && b instanceof FloatHistogram y) {
      return x.schema() == y.schema()
          && x.zeroThreshold() == y.zeroThreshold()
          && x.zeroCount() == y.zeroCount()
          && x.count() == y.count()
          && Double.doubleToRawLongBits(x.sum()) == Double.doubleToRawLongBits(y.sum())
          && Arrays.equals(x.positiveSpans(), y.positiveSpans())
          && Arrays.equals(x.negativeSpans(), y.negativeSpans())
          && Arrays.equals(x.positiveCounts(), y.positiveCounts())
          && Arrays.equals(x.negativeCounts(), y.negativeCounts())
          && Arrays.equals(x.customValues(), y.customValues());
    }
    return false;
  }
}
