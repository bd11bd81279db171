package io.narthex.storage.tsdb.internal.chunk;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.util.Arrays;

/** Decodes a chunk of {@link HistogramChunk}, sample by sample. */
public final class HistogramReader {

  private static final int[] NO_SPANS = {};
  private static final long[] NO_DELTAS = {};
  private static final double[] NO_FLOATS = {};
  private static final int GAUGE = HistogramChunk.Reset.GAUGE.ordinal();

  private final BitSource in;
  private final boolean floats;
  private final int samples;
  private final boolean gauge;
  private final HistogramLayout layout;
  private final int positives;
  private int index;
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
  private final StartTimes starts;

  /**
   * @param data the chunk's bytes, which must not change while it is read
   */
  public HistogramReader(int encoding, byte[] data, int length, int samples) {
    if (length < HistogramChunk.HEADER) {
      throw new IllegalStateException("a chunk of histograms of " + length + " bytes");
    }
    boolean withStarts =
        encoding == HistogramChunk.ST_ENCODING || encoding == HistogramChunk.FLOAT_ST_ENCODING;
    this.floats =
        encoding == HistogramChunk.FLOAT_ENCODING || encoding == HistogramChunk.FLOAT_ST_ENCODING;
    this.samples = samples;
    this.gauge = (data[withStarts ? 0 : 2] & 0xFF) >>> 6 == GAUGE;
    this.starts = new StartTimes(withStarts ? data[2] : 0);
    in = new BitSource(data, HistogramChunk.HEADER, length - HistogramChunk.HEADER);
    layout = HistogramLayout.read(in);
    positives = Buckets.count(layout.positive());
    int n = positives + Buckets.count(layout.negative());
    buckets = new long[floats ? 0 : n];
    bucketDeltas = new long[floats ? 0 : n];
    floatBuckets = new XorField[floats ? n : 0];
    for (int i = 0; i < floatBuckets.length; i++) {
      floatBuckets[i] = new XorField();
    }
  }

  public boolean hasRemaining() {
    return index < samples;
  }

  /** Time of the sample that was read last. */
  public long time() {
    return time;
  }

  public boolean isFloat() {
    return floats;
  }

  /** Adds samples until the chunk ends or the batch is full. */
  public void read(SampleBatch batch) {
    while (hasRemaining() && !batch.isFull()) {
      FloatHistogram h = floats ? nextFloat() : next().toFloat();
      batch.add(time, h);
      starts.put(batch, batch.size - 1);
    }
  }

  /** The next sample of integer counts. */
  public Histogram next() {
    if (index == 0) {
      time = in.varbit();
      count = in.uvarbit();
      zeroCount = in.uvarbit();
      sum.bits = in.bits(64);
    } else {
      readTime();
      countDelta += in.varbit();
      count += countDelta;
      zeroCountDelta += in.varbit();
      zeroCount += zeroCountDelta;
      sum.read(in);
    }
    double s = Double.longBitsToDouble(sum.bits);
    if (StaleMarker.is(s)) {
      CounterResetHint hint = hint();
      return new Histogram(
          hint, 0, 0, 0, 0, s, NO_SPANS, NO_SPANS, NO_DELTAS, NO_DELTAS, NO_FLOATS);
    }
    for (int i = 0; i < buckets.length; i++) {
      if (index == 0) {
        buckets[i] = in.varbit();
      } else {
        bucketDeltas[i] += in.varbit();
        buckets[i] += bucketDeltas[i];
      }
    }
    return new Histogram(
        hint(),
        layout.schema(),
        layout.zeroThreshold(),
        zeroCount,
        count,
        s,
        layout.positive(),
        layout.negative(),
        Arrays.copyOf(buckets, positives),
        Arrays.copyOfRange(buckets, positives, buckets.length),
        layout.bounds());
  }

  /** The next sample of float counts. */
  public FloatHistogram nextFloat() {
    if (index == 0) {
      time = in.varbit();
      floatCount.bits = in.bits(64);
      floatZeroCount.bits = in.bits(64);
      sum.bits = in.bits(64);
    } else {
      readTime();
      floatCount.read(in);
      floatZeroCount.read(in);
      sum.read(in);
    }
    double s = Double.longBitsToDouble(sum.bits);
    if (StaleMarker.is(s)) {
      CounterResetHint hint = hint();
      return new FloatHistogram(
          hint, 0, 0, 0, 0, s, NO_SPANS, NO_SPANS, NO_FLOATS, NO_FLOATS, NO_FLOATS);
    }
    double[] values = new double[floatBuckets.length];
    for (int i = 0; i < values.length; i++) {
      if (index == 0) {
        floatBuckets[i].bits = in.bits(64);
        values[i] = Double.longBitsToDouble(floatBuckets[i].bits);
      } else {
        values[i] = floatBuckets[i].read(in);
      }
    }
    return new FloatHistogram(
        hint(),
        layout.schema(),
        layout.zeroThreshold(),
        Double.longBitsToDouble(floatZeroCount.bits),
        Double.longBitsToDouble(floatCount.bits),
        s,
        layout.positive(),
        layout.negative(),
        Arrays.copyOf(values, positives),
        Arrays.copyOfRange(values, positives, values.length),
        layout.bounds());
  }

  private void readTime() {
    timeDelta += in.varbit();
    time += timeDelta;
  }

  /**
   * Reads what stands behind the sample, counts it and says what is known of a reset before it:
   * within a chunk there is none; of the first sample nothing is said, as the chunk before may be
   * missing.
   */
  private CounterResetHint hint() {
    starts.read(in, index, time, time - timeDelta);
    index++;
    if (gauge) {
      return CounterResetHint.GAUGE;
    }
    return index > 1 ? CounterResetHint.NOT_RESET : CounterResetHint.UNKNOWN;
  }
}
