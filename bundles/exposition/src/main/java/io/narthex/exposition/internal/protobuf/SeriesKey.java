package io.narthex.exposition.internal.protobuf;

import java.util.Arrays;

/**
 * The bytes that tell a series of a body from all others: family, labels as they are on the wire,
 * and which of the metric's series it is.
 */
final class SeriesKey {

  /** Which series of a metric. */
  enum Part {
    VALUE(""),
    COUNT("_count"),
    SUM("_sum"),
    QUANTILE(""),
    BUCKET("_bucket"),
    HISTOGRAM("");

    final String suffix;

    Part(String suffix) {
      this.suffix = suffix;
    }
  }

  private static final int USUAL = 1 << 16;

  /** Which of the metric's series it is, and the bound of a bucket or a quantile. */
  private static final int HEAD = 9;

  byte[] bytes = new byte[256];
  int length;

  /** Forgets an array that one unusual body has made large. */
  void reset() {
    if (bytes.length > USUAL) {
      bytes = new byte[256];
    }
    length = 0;
  }

  /** Begins with a metric of a family. */
  void metric(byte[] b, int nameFrom, int nameTo, IntList labels) {
    length = HEAD;
    append(b, nameFrom, nameTo);
    for (int i = 0; i < labels.size; i += 2) {
      append(b, labels.values[i], labels.values[i + 1]);
    }
  }

  /** Goes to one of the metric's series; the bound is that of a bucket or a quantile. */
  void part(Part part, double bound) {
    bytes[0] = (byte) part.ordinal();
    boolean bounded = part == Part.BUCKET || part == Part.QUANTILE;
    number(1, bounded ? Double.doubleToLongBits(bound) : 0, 8);
  }

  private void append(byte[] b, int from, int to) {
    ensure(4L + to - from);
    number(length, to - from, 4);
    System.arraycopy(b, from, bytes, length + 4, to - from);
    length += 4 + to - from;
  }

  private void number(int at, long n, int size) {
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (n >>> (8 * i));
    }
  }

  private void ensure(long more) {
    if (length + more > bytes.length) {
      long wanted = Math.max(length + more, Math.min(bytes.length * 2L, Integer.MAX_VALUE - 16));
      bytes = Arrays.copyOf(bytes, Math.toIntExact(wanted));
    }
  }

  boolean is(byte[] other, int offset, int otherLength) {
    return otherLength == length
        && Arrays.equals(bytes, 0, length, other, offset, offset + otherLength);
  }
}
