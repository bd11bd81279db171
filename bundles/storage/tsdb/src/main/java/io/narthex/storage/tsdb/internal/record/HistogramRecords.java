package io.narthex.storage.tsdb.internal.record;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;

/**
 * Records of histograms.
 *
 * <pre>
 * record := type(1) first-ref(BE64) first-t(BE64)
 *           ( varint(ref - first-ref) varint(t - first-t) body )*
 * body   := hint(1) schema(varint) zero-threshold(BE64) zero-count count sum(BE64)
 *           spans spans buckets buckets [ bounds ]
 * spans  := n(uvarint) ( offset(varint) length(uvarint) )*
 * counts are uvarint, bucket counts n(uvarint) and varint differences; in records of float
 * histograms all are BE64. bounds := n(uvarint) BE64*, in records for custom buckets only.
 * </pre>
 */
public final class HistogramRecords {

  private static final CounterResetHint[] HINTS = CounterResetHint.values();
  private static final double[] NO_BOUNDS = {};

  private HistogramRecords() {}

  /** Takes what a record says. */
  public interface Sink {
    void accept(long ref, long timestamp, Histogram histogram);

    void accept(long ref, long timestamp, FloatHistogram histogram);
  }

  /** The record type for an integer histogram. */
  public static int type(Histogram h) {
    return h.usesCustomBuckets() ? RecordType.CUSTOM_BUCKETS_HISTOGRAMS : RecordType.HISTOGRAMS;
  }

  /** The record type for a float histogram. */
  public static int type(FloatHistogram h) {
    return h.usesCustomBuckets()
        ? RecordType.CUSTOM_BUCKETS_FLOAT_HISTOGRAMS
        : RecordType.FLOAT_HISTOGRAMS;
  }

  public static void begin(WriteBuffer out, int type, long firstRef, long firstTimestamp) {
    out.put(type);
    out.putLong(firstRef);
    out.putLong(firstTimestamp);
  }

  public static void add(WriteBuffer out, long refDelta, long timeDelta, Histogram h) {
    out.putVarint(refDelta);
    out.putVarint(timeDelta);
    out.put(h.hint().ordinal());
    out.putVarint(h.schema());
    out.putDouble(h.zeroThreshold());
    out.putUvarint(h.zeroCount());
    out.putUvarint(h.count());
    out.putDouble(h.sum());
    putSpans(out, h.positiveSpans());
    putSpans(out, h.negativeSpans());
    for (long[] deltas : new long[][] {h.positiveDeltas(), h.negativeDeltas()}) {
      out.putUvarint(deltas.length);
      for (long d : deltas) {
        out.putVarint(d);
      }
    }
    if (h.usesCustomBuckets()) {
      putFloats(out, h.customValues());
    }
  }

  public static void add(WriteBuffer out, long refDelta, long timeDelta, FloatHistogram h) {
    out.putVarint(refDelta);
    out.putVarint(timeDelta);
    out.put(h.hint().ordinal());
    out.putVarint(h.schema());
    out.putDouble(h.zeroThreshold());
    out.putDouble(h.zeroCount());
    out.putDouble(h.count());
    out.putDouble(h.sum());
    putSpans(out, h.positiveSpans());
    putSpans(out, h.negativeSpans());
    putFloats(out, h.positiveCounts());
    putFloats(out, h.negativeCounts());
    if (h.usesCustomBuckets()) {
      putFloats(out, h.customValues());
    }
  }

  private static void putSpans(WriteBuffer out, int[] spans) {
    out.putUvarint(spans.length / 2);
    for (int i = 0; i < spans.length; i += 2) {
      out.putVarint(spans[i]);
      out.putUvarint(spans[i + 1]);
    }
  }

  private static void putFloats(WriteBuffer out, double[] values) {
    out.putUvarint(values.length);
    for (double v : values) {
      out.putDouble(v);
    }
  }

  /** Decodes a record of types 7 to 10; its type has been read. */
  public static void decode(ReadBuffer in, int type, Sink sink) throws MalformedRecordException {
    boolean floats =
        type == RecordType.FLOAT_HISTOGRAMS || type == RecordType.CUSTOM_BUCKETS_FLOAT_HISTOGRAMS;
    boolean bounds = type >= RecordType.CUSTOM_BUCKETS_HISTOGRAMS;
    if (!in.hasRemaining()) {
      return;
    }
    long firstRef = in.getLong();
    long firstTimestamp = in.getLong();
    while (in.hasRemaining()) {
      long ref = firstRef + in.getVarint();
      long timestamp = firstTimestamp + in.getVarint();
      body(in, floats, bounds, ref, timestamp, sink);
    }
  }

  /** Decodes a record of types 12 and 13; start timestamps are read and dropped. */
  public static void decodeV2(ReadBuffer in, int type, Sink sink) throws MalformedRecordException {
    boolean floats = type == RecordType.FLOAT_HISTOGRAMS_V2;
    if (!in.hasRemaining()) {
      return;
    }
    long ref = in.getVarint();
    long firstTimestamp = in.getVarint();
    long unused = in.getVarint();
    body(in, floats, true, ref, firstTimestamp, sink);
    while (in.hasRemaining()) {
      ref += in.getVarint();
      long timestamp = firstTimestamp + in.getVarint();
      SampleRecords.skipStart(in);
      body(in, floats, true, ref, timestamp, sink);
    }
  }

  private static void body(
      ReadBuffer in, boolean floats, boolean bounds, long ref, long timestamp, Sink sink)
      throws MalformedRecordException {
    int hint = in.get();
    if (hint >= HINTS.length) {
      throw new MalformedRecordException("unknown counter reset hint " + hint);
    }
    int schema = (int) in.getVarint();
    double threshold = in.getDouble();
    if (floats) {
      double zeroCount = in.getDouble();
      double count = in.getDouble();
      double sum = in.getDouble();
      int[] positive = spans(in);
      int[] negative = spans(in);
      double[] positives = floats(in);
      double[] negatives = floats(in);
      double[] custom = bounds && schema == Histogram.CUSTOM_BUCKETS ? floats(in) : NO_BOUNDS;
      sink.accept(
          ref,
          timestamp,
          new FloatHistogram(
              HINTS[hint],
              schema,
              threshold,
              zeroCount,
              count,
              sum,
              positive,
              negative,
              positives,
              negatives,
              custom));
    } else {
      long zeroCount = in.getUvarint();
      long count = in.getUvarint();
      double sum = in.getDouble();
      int[] positive = spans(in);
      int[] negative = spans(in);
      long[] positives = deltas(in);
      long[] negatives = deltas(in);
      double[] custom = bounds && schema == Histogram.CUSTOM_BUCKETS ? floats(in) : NO_BOUNDS;
      sink.accept(
          ref,
          timestamp,
          new Histogram(
              HINTS[hint],
              schema,
              threshold,
              zeroCount,
              count,
              sum,
              positive,
              negative,
              positives,
              negatives,
              custom));
    }
  }

  private static int[] spans(ReadBuffer in) throws MalformedRecordException {
    int[] out = new int[in.getCount(2) * 2];
    for (int i = 0; i < out.length; i += 2) {
      out[i] = (int) in.getVarint();
      long length = in.getUvarint();
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new MalformedRecordException("a span of " + length + " buckets");
      }
      out[i + 1] = (int) length;
    }
    return out;
  }

  private static long[] deltas(ReadBuffer in) throws MalformedRecordException {
    long[] out = new long[in.getCount(1)];
    for (int i = 0; i < out.length; i++) {
      out[i] = in.getVarint();
    }
    return out;
  }

  private static double[] floats(ReadBuffer in) throws MalformedRecordException {
    double[] out = new double[in.getCount(8)];
    for (int i = 0; i < out.length; i++) {
      out[i] = in.getDouble();
    }
    return out;
  }
}
