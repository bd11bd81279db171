package io.narthex.storage.remote.internal.receive;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.remote.internal.wire.MalformedMessageException;
import io.narthex.storage.remote.internal.wire.Wire;
import java.util.Arrays;

/** Reads native histograms; both versions of remote write encode them alike. */
final class HistogramDecoder {

  /** More buckets than that are no histogram; it bounds what a request can make us hold. */
  static final int MAX_BUCKETS = 1 << 20;

  private static final int KEPT = 4096;
  private static final CounterResetHint[] HINTS = CounterResetHint.values();

  /** A list of numbers that grows; floats are kept by their bits. */
  private static final class Numbers {
    private long[] values = new long[64];
    private int size;

    void clear() {
      size = 0;
      if (values.length > KEPT) {
        values = new long[64];
      }
    }

    void add(long value) throws RefusedException {
      if (size == values.length) {
        if (size >= MAX_BUCKETS) {
          throw new RefusedException(400, "more than " + MAX_BUCKETS + " buckets in one histogram");
        }
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    long[] longs() {
      return Arrays.copyOf(values, size);
    }

    int[] ints() {
      int[] out = new int[size];
      for (int i = 0; i < size; i++) {
        out[i] = (int) values[i];
      }
      return out;
    }

    double[] doubles() {
      double[] out = new double[size];
      for (int i = 0; i < size; i++) {
        out[i] = Double.longBitsToDouble(values[i]);
      }
      return out;
    }
  }

  private final Numbers negativeSpans = new Numbers();
  private final Numbers negativeDeltas = new Numbers();
  private final Numbers negativeCounts = new Numbers();
  private final Numbers positiveSpans = new Numbers();
  private final Numbers positiveDeltas = new Numbers();
  private final Numbers positiveCounts = new Numbers();
  private final Numbers customValues = new Numbers();
  private boolean floating;
  private long count;
  private long zeroCount;
  private boolean floatZeroCount;
  private double sum;
  private int schema;
  private double zeroThreshold;
  private int hint;
  private long timestamp;

  /** Milliseconds. */
  long timestamp() {
    return timestamp;
  }

  /** Whether its counts are floats. */
  boolean isFloat() {
    return floating;
  }

  /** Reads the message from the wire's place to its end. */
  void decode(Wire w) throws MalformedMessageException, RefusedException {
    clear();
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      int type = tag & 7;
      switch (tag >>> 3) {
        case 1 -> {
          count = w.varint();
          floating = false;
        }
        case 2 -> {
          count = w.fixed64();
          floating = true;
        }
        case 3 -> sum = Double.longBitsToDouble(w.fixed64());
        case 4 -> schema = (int) zigzag(w.varint());
        case 5 -> zeroThreshold = Double.longBitsToDouble(w.fixed64());
        case 6 -> {
          zeroCount = w.varint();
          floatZeroCount = false;
        }
        case 7 -> {
          zeroCount = w.fixed64();
          floatZeroCount = true;
        }
        case 8 -> span(w, negativeSpans);
        case 9 -> deltas(w, type, negativeDeltas);
        case 10 -> floats(w, type, negativeCounts);
        case 11 -> span(w, positiveSpans);
        case 12 -> deltas(w, type, positiveDeltas);
        case 13 -> floats(w, type, positiveCounts);
        case 14 -> hint = (int) w.varint();
        case 15 -> timestamp = w.varint();
        case 16 -> floats(w, type, customValues);
        default -> w.skip(tag);
      }
    }
  }

  private void clear() {
    negativeSpans.clear();
    negativeDeltas.clear();
    negativeCounts.clear();
    positiveSpans.clear();
    positiveDeltas.clear();
    positiveCounts.clear();
    customValues.clear();
    floating = false;
    count = 0;
    zeroCount = 0;
    floatZeroCount = false;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    hint = 0;
    timestamp = 0;
  }

  private static void span(Wire w, Numbers to) throws MalformedMessageException, RefusedException {
    int outer = w.end;
    w.end = w.lengthEnd();
    long offset = 0;
    long length = 0;
    while (!w.atEnd()) {
      int tag = (int) w.varint();
      switch (tag >>> 3) {
        case 1 -> offset = zigzag(w.varint());
        case 2 -> length = w.varint();
        default -> w.skip(tag);
      }
    }
    w.end = outer;
    to.add(offset);
    to.add(length);
  }

  private static void deltas(Wire w, int type, Numbers to)
      throws MalformedMessageException, RefusedException {
    if (type != Wire.BYTES) {
      to.add(zigzag(w.varint()));
      return;
    }
    int outer = w.end;
    w.end = w.lengthEnd();
    while (!w.atEnd()) {
      to.add(zigzag(w.varint()));
    }
    w.end = outer;
  }

  private static void floats(Wire w, int type, Numbers to)
      throws MalformedMessageException, RefusedException {
    if (type != Wire.BYTES) {
      to.add(w.fixed64());
      return;
    }
    int outer = w.end;
    w.end = w.lengthEnd();
    while (!w.atEnd()) {
      to.add(w.fixed64());
    }
    w.end = outer;
  }

  private static long zigzag(long n) {
    return (n >>> 1) ^ -(n & 1);
  }

  private CounterResetHint hint() {
    return hint > 0 && hint < HINTS.length ? HINTS[hint] : CounterResetHint.UNKNOWN;
  }

  /** What was read, if its counts are integers. */
  Histogram integer() {
    return new Histogram(
        hint(),
        schema,
        zeroThreshold,
        floatZeroCount ? 0 : zeroCount,
        count,
        sum,
        positiveSpans.ints(),
        negativeSpans.ints(),
        positiveDeltas.longs(),
        negativeDeltas.longs(),
        customValues.doubles());
  }

  /** What was read, if its counts are floats. */
  FloatHistogram floating() {
    return new FloatHistogram(
        hint(),
        schema,
        zeroThreshold,
        floatZeroCount ? Double.longBitsToDouble(zeroCount) : 0,
        Double.longBitsToDouble(count),
        sum,
        positiveSpans.ints(),
        negativeSpans.ints(),
        positiveCounts.doubles(),
        negativeCounts.doubles(),
        customValues.doubles());
  }
}
