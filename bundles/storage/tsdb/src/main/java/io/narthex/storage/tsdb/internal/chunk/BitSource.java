package io.narthex.storage.tsdb.internal.chunk;

/** Reads what {@link BitBuffer} writes; an end too early is an {@link IllegalStateException}. */
final class BitSource {

  private static final int[] LENGTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private final byte[] data;
  private final long end;
  private long position;

  BitSource(byte[] data, int offset, int length) {
    this.data = data;
    this.position = offset * 8L;
    this.end = (offset + (long) length) * 8;
  }

  /** The next n bits, 0 ≤ n ≤ 64. */
  long bits(int n) {
    if (end - position < n) {
      throw new IllegalStateException("a chunk of histograms is cut off");
    }
    long v = 0;
    int left = n;
    while (left > 0) {
      int have = 8 - (int) (position & 7);
      int take = Math.min(have, left);
      int b = data[(int) (position >>> 3)] & 0xFF;
      v = v << take | (b >>> (have - take) & ((1 << take) - 1));
      position += take;
      left -= take;
    }
    return v;
  }

  private int prefix() {
    int ones = 0;
    while (ones < 8 && bits(1) == 1) {
      ones++;
    }
    return LENGTHS[ones];
  }

  long varbit() {
    int n = prefix();
    long v = bits(n);
    return n > 0 && n < 64 && v > 1L << (n - 1) ? v - (1L << n) : v;
  }

  long uvarbit() {
    return bits(prefix());
  }

  /** A signed number in bytes that need not be aligned. */
  long varint() {
    long v = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      long b = bits(8);
      v |= (b & 0x7F) << shift;
      if (b < 0x80) {
        return (v >>> 1) ^ -(v & 1);
      }
    }
    throw new IllegalStateException("a number in a chunk of histograms is too long");
  }

  /** A count of things that take a bit each at least. */
  int count() {
    long n = uvarbit();
    if (n < 0 || n > end - position) {
      throw new IllegalStateException("a count in a chunk of histograms is too large: " + n);
    }
    return (int) n;
  }
}
