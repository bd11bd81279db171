package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/**
 * Writes a chunk of histograms, encoding 2 for integer and 3 for float counts.
 *
 * <pre>
 * chunk  := count(BE16) flags(8) layout sample*
 * flags  := 10 after a reset | 01 after none | 11 gauge | 00 unknown, in the two highest bits
 * sample := t count zero-count sum bucket*
 * </pre>
 *
 * The first sample has everything in full; later ones have the time, and the integers, as
 * differences of differences, and the floats by {@link XorField}. A stale sample has no buckets.
 */
public final class HistogramChunk {

  public static final int ENCODING = 2;
  public static final int FLOAT_ENCODING = 3;

  /** As {@link #ENCODING}, with start timestamps. */
  public static final int ST_ENCODING = 5;

  /** As {@link #FLOAT_ENCODING}, with start timestamps. */
  public static final int FLOAT_ST_ENCODING = 6;

  /** The bits of the count of those, which has the flags above it. */
  public static final int ST_COUNT = 0x3FFF;

  /** Bytes before the layout. */
  static final int HEADER = 3;

  private static final int COUNT_BITS = 16;

  /** What is known of the chunk's first sample and the one before it, as the flags have it. */
  public enum Reset {
    UNKNOWN,
    NOT_RESET,
    RESET,
    GAUGE
  }

  private final BitBuffer out = new BitBuffer();
  private final HistogramLayout layout;
  private final boolean floats;
  private int samples;
  private long time;
  private long timeDelta;
  private long count;
  private long countDelta;
  private long zeroCount;
  private long zeroCountDelta;
  private final long[] buckets;
  private final long[] bucketDeltas;
  private final XorField sum = new XorField();
  private final XorField floatCount = new XorField();
  private final XorField floatZeroCount = new XorField();
  private final XorField[] floatBuckets;

  private HistogramChunk(HistogramLayout layout, boolean floats, Reset reset) {
    this.layout = layout;
    this.floats = floats;
    int n = Buckets.count(layout.positive()) + Buckets.count(layout.negative());
    buckets = new long[floats ? 0 : n];
    bucketDeltas = new long[floats ? 0 : n];
    floatBuckets = new XorField[floats ? n : 0];
    for (int i = 0; i < floatBuckets.length; i++) {
      floatBuckets[i] = new XorField();
    }
    out.put(0, COUNT_BITS);
    out.put((long) reset.ordinal() << 6, 8);
    layout.write(out);
  }

  public static HistogramChunk of(Histogram first, Reset reset) {
    return new HistogramChunk(HistogramLayout.of(first), false, reset);
  }

  public static HistogramChunk of(FloatHistogram first, Reset reset) {
    return new HistogramChunk(HistogramLayout.of(first), true, reset);
  }

  public int encoding() {
    return floats ? FLOAT_ENCODING : ENCODING;
  }

  public int samples() {
    return samples;
  }

  public byte[] array() {
    return out.array();
  }

  public int length() {
    return out.length();
  }

  HistogramLayout layout() {
    return layout;
  }

  /** Adds a histogram of exactly the chunk's layout, or a stale one. */
  public void add(long t, Histogram h) {
    boolean stale = StaleMarker.is(h.sum());
    long newCount = stale ? 0 : h.count();
    long newZeroCount = stale ? 0 : h.zeroCount();
    if (samples == 0) {
      out.putVarbit(t);
      out.putUvarbit(newCount);
      out.putUvarbit(newZeroCount);
      firstSum(h.sum());
    } else {
      putTime(t);
      long delta = newCount - count;
      long zeroDelta = newZeroCount - zeroCount;
      out.putVarbit(stale ? 0 : delta - countDelta);
      out.putVarbit(stale ? 0 : zeroDelta - zeroCountDelta);
      countDelta = delta;
      zeroCountDelta = zeroDelta;
      sum.write(out, h.sum());
    }
    count = newCount;
    zeroCount = newZeroCount;
    if (!stale) {
      int n = h.positiveDeltas().length;
      for (int i = 0; i < buckets.length; i++) {
        put(i, i < n ? h.positiveDeltas()[i] : h.negativeDeltas()[i - n]);
      }
    }
    added(t);
  }

  private void put(int i, long v) {
    if (samples == 0) {
      out.putVarbit(v);
    } else {
      long delta = v - buckets[i];
      out.putVarbit(delta - bucketDeltas[i]);
      bucketDeltas[i] = delta;
    }
    buckets[i] = v;
  }

  /** As {@link #add(long, Histogram)}. */
  public void add(long t, FloatHistogram h) {
    boolean stale = h.isStale();
    double newCount = stale ? 0 : h.count();
    double newZeroCount = stale ? 0 : h.zeroCount();
    if (samples == 0) {
      out.putVarbit(t);
      first(floatCount, newCount);
      first(floatZeroCount, newZeroCount);
      firstSum(h.sum());
    } else {
      putTime(t);
      floatCount.write(out, newCount);
      floatZeroCount.write(out, newZeroCount);
      sum.write(out, h.sum());
    }
    if (!stale) {
      int n = h.positiveCounts().length;
      for (int i = 0; i < floatBuckets.length; i++) {
        double v = i < n ? h.positiveCounts()[i] : h.negativeCounts()[i - n];
        if (samples == 0) {
          first(floatBuckets[i], v);
        } else {
          floatBuckets[i].write(out, v);
        }
      }
    }
    added(t);
  }

  private void putTime(long t) {
    long delta = t - time;
    out.putVarbit(delta - timeDelta);
    timeDelta = delta;
  }

  private void firstSum(double v) {
    first(sum, v);
  }

  private void first(XorField field, double v) {
    field.bits = Double.doubleToRawLongBits(v);
    out.put(field.bits, 64);
  }

  private void added(long t) {
    time = t;
    samples++;
    out.array()[0] = (byte) (samples >>> 8);
    out.array()[1] = (byte) samples;
  }
}
