package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import java.util.Arrays;

/** The value of a histogram: the classic part, the native one, or both. */
final class HistogramMessage {

  long count;
  double countFloat;
  double sum;
  int schema;
  double zeroThreshold;
  long zeroCount;
  double zeroCountFloat;

  /** Milliseconds, 0 if unknown. */
  long start;

  /** Classic buckets in their order. */
  int bucketCount;

  double[] bounds = new double[16];
  double[] cumulative = new double[16];

  /** From and to of the exemplar of each classic bucket; from is -1 where there is none. */
  final IntList bucketExemplars = new IntList();

  /** From and to of each exemplar of the native part. */
  final IntList exemplars = new IntList();

  /** Offset and length of each span. */
  final IntList positiveSpans = new IntList();

  final IntList negativeSpans = new IntList();
  final NumberList positiveDeltas = new NumberList();
  final NumberList negativeDeltas = new NumberList();
  final NumberList positiveCounts = new NumberList();
  final NumberList negativeCounts = new NumberList();

  private final Wire wire = new Wire();
  private final Wire inner = new Wire();

  void read(byte[] b, int from, int to) throws ExpositionException {
    clear();
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> count = wire.varintField();
        case 2 -> sum = wire.number64();
        case 3 -> bucket(b);
        case 4 -> countFloat = wire.number64();
        case 5 -> schema = (int) wire.zigzag();
        case 6 -> zeroThreshold = wire.number64();
        case 7 -> zeroCount = wire.varintField();
        case 8 -> zeroCountFloat = wire.number64();
        case 9 -> span(b, negativeSpans);
        case 10 -> negativeDeltas.addZigzag(wire);
        case 11 -> negativeCounts.addDoubles(wire);
        case 12 -> span(b, positiveSpans);
        case 13 -> positiveDeltas.addZigzag(wire);
        case 14 -> positiveCounts.addDoubles(wire);
        case 15 -> {
          wire.requireBytes();
          start = ExemplarMessage.millis(b, wire.from, wire.to);
        }
        case 16 -> {
          wire.requireBytes();
          exemplars.add(wire.from, wire.to);
        }
        default -> {}
      }
    }
  }

  private void clear() {
    count = 0;
    countFloat = 0;
    sum = 0;
    schema = 0;
    zeroThreshold = 0;
    zeroCount = 0;
    zeroCountFloat = 0;
    start = 0;
    bucketCount = 0;
    bucketExemplars.clear();
    exemplars.clear();
    positiveSpans.clear();
    negativeSpans.clear();
    positiveDeltas.clear();
    negativeDeltas.clear();
    positiveCounts.clear();
    negativeCounts.clear();
  }

  private void bucket(byte[] b) throws ExpositionException {
    wire.requireBytes();
    if (bucketCount == bounds.length) {
      bounds = Arrays.copyOf(bounds, bucketCount * 2);
      cumulative = Arrays.copyOf(cumulative, bucketCount * 2);
    }
    double bound = 0;
    double whole = 0;
    double fraction = 0;
    int exemplarFrom = -1;
    int exemplarTo = -1;
    inner.reset(b, wire.from, wire.to);
    while (inner.next()) {
      switch (inner.field) {
        case 1 -> whole = unsigned(inner.varintField());
        case 2 -> bound = inner.number64();
        case 3 -> {
          inner.requireBytes();
          exemplarFrom = inner.from;
          exemplarTo = inner.to;
        }
        case 4 -> fraction = inner.number64();
        default -> {}
      }
    }
    bounds[bucketCount] = bound;
    cumulative[bucketCount++] = fraction > 0 ? fraction : whole;
    bucketExemplars.add(exemplarFrom, exemplarTo);
  }

  private void span(byte[] b, IntList spans) throws ExpositionException {
    wire.requireBytes();
    long offset = 0;
    long length = 0;
    inner.reset(b, wire.from, wire.to);
    while (inner.next()) {
      switch (inner.field) {
        case 1 -> offset = inner.zigzag();
        case 2 -> length = inner.varintField();
        default -> {}
      }
    }
    if (length < 0 || length > Integer.MAX_VALUE) {
      throw new ExpositionException("histogram has a span of " + length + " buckets");
    }
    spans.add((int) offset, (int) length);
  }

  /** Whether there is a native part. */
  boolean isNative() {
    return positiveSpans.size > 0
        || negativeSpans.size > 0
        || zeroThreshold > 0
        || zeroCount > 0
        || zeroCountFloat > 0;
  }

  boolean isFloat() {
    return countFloat > 0 || zeroCountFloat > 0;
  }

  /** The number of observations, however it was given. */
  double total() {
    return countFloat > 0 ? countFloat : unsigned(count);
  }

  static double unsigned(long n) {
    return n >= 0 ? n : ((n >>> 1) | (n & 1)) * 2.0;
  }
}
