package io.narthex.storage.tsdb.internal.chunk;

import java.util.Arrays;

/** A growing array of bits, the most significant first, for chunks of histograms. */
final class BitBuffer {

  private byte[] data = new byte[256];
  private int position;

  byte[] array() {
    return data;
  }

  /** Bytes that hold bits. */
  int length() {
    return (position + 7) >>> 3;
  }

  /** Puts the low {@code n} bits, 1 ≤ n ≤ 64. */
  void put(long bits, int n) {
    if (((position + n) >>> 3) + 1 > data.length) {
      data = Arrays.copyOf(data, data.length * 2);
    }
    int left = n;
    while (left > 0) {
      int free = 8 - (position & 7);
      int take = Math.min(free, left);
      long part = bits >>> (left - take) & ((1L << take) - 1);
      data[position >>> 3] |= (byte) (part << (free - take));
      position += take;
      left -= take;
    }
  }

  /** A signed number in one of nine lengths, the small ones the shortest. */
  void putVarbit(long v) {
    if (v == 0) {
      put(0, 1);
    } else if (isIn(v, 3)) {
      put(2L << 3 | (v & 7), 5);
    } else if (isIn(v, 6)) {
      put(6L << 6 | (v & 0x3F), 9);
    } else if (isIn(v, 9)) {
      put(14L << 9 | (v & 0x1FF), 13);
    } else if (isIn(v, 12)) {
      put(30L << 12 | (v & 0xFFF), 17);
    } else if (isIn(v, 18)) {
      put(62L << 18 | (v & 0x3FFFF), 24);
    } else if (isIn(v, 25)) {
      put(126L << 25 | (v & 0x1FFFFFF), 32);
    } else if (isIn(v, 56)) {
      put(254, 8);
      put(v, 56);
    } else {
      put(255, 8);
      put(v, 64);
    }
  }

  /** From -(2^(n-1)-1) to 2^(n-1). */
  private static boolean isIn(long v, int n) {
    return v >= -((1L << (n - 1)) - 1) && v <= 1L << (n - 1);
  }

  /** An unsigned number in the same lengths. */
  void putUvarbit(long v) {
    int bits = 64 - Long.numberOfLeadingZeros(v);
    if (v == 0) {
      put(0, 1);
    } else if (bits <= 3) {
      put(2L << 3 | v, 5);
    } else if (bits <= 6) {
      put(6L << 6 | v, 9);
    } else if (bits <= 9) {
      put(14L << 9 | v, 13);
    } else if (bits <= 12) {
      put(30L << 12 | v, 17);
    } else if (bits <= 18) {
      put(62L << 18 | v, 24);
    } else if (bits <= 25) {
      put(126L << 25 | v, 32);
    } else if (bits <= 56) {
      put(254, 8);
      put(v, 56);
    } else {
      put(255, 8);
      put(v, 64);
    }
  }
}
