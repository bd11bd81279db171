package io.narthex.exposition.internal;

import java.util.Arrays;

/**
 * The bytes that a classic histogram's lines have in common, whatever the order of their labels;
 * they begin with a byte that no series begins with.
 */
final class GroupKey {

  private static final byte FIRST = 1;
  private static final byte END = (byte) 0xFF;

  byte[] bytes = new byte[256];
  int length;

  private byte[] body = new byte[0];

  /** From and to of each name and value. */
  private int[] ranges = new int[32];

  private int size;

  void reset(byte[] b, int familyFrom, int familyTo) {
    body = b;
    size = 0;
    length = 0;
    append(FIRST);
    append(familyFrom, familyTo);
  }

  /** Adds a label; those that come in the order of their names cost nothing more. */
  void label(int nameFrom, int nameTo, int valueFrom, int valueTo) {
    if (size + 4 > ranges.length) {
      ranges = Arrays.copyOf(ranges, size * 2);
    }
    int at = size;
    while (at > 0
        && Arrays.compareUnsigned(body, nameFrom, nameTo, body, ranges[at - 4], ranges[at - 3])
            < 0) {
      System.arraycopy(ranges, at - 4, ranges, at, 4);
      at -= 4;
    }
    ranges[at] = nameFrom;
    ranges[at + 1] = nameTo;
    ranges[at + 2] = valueFrom;
    ranges[at + 3] = valueTo;
    size += 4;
  }

  void finish() {
    for (int i = 0; i < size; i += 2) {
      append(ranges[i], ranges[i + 1]);
    }
  }

  private void append(int from, int to) {
    ensure(to - from + 1);
    System.arraycopy(body, from, bytes, length, to - from);
    length += to - from;
    append(END);
  }

  private void append(byte c) {
    ensure(1);
    bytes[length++] = c;
  }

  private void ensure(int more) {
    if (more > bytes.length - length) {
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, more), length + length / 2));
    }
  }

  /** Whether these are the same bytes. */
  boolean sameAs(GroupKey other) {
    return is(other.bytes, 0, other.length);
  }

  boolean is(byte[] b, int offset, int count) {
    return count == length && Arrays.equals(bytes, 0, length, b, offset, offset + count);
  }
}
