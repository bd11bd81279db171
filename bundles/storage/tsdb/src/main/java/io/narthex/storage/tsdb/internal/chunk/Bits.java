package io.narthex.storage.tsdb.internal.chunk;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads numbers from any bit of an array, the most significant bit first. */
final class Bits {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int[] VARBIT_LENGTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};
  private static final int MAX_ONES = 8;

  private Bits() {}

  /** The 64 bits from any position on; nine bytes must be there. */
  static long word(byte[] data, int position) {
    int shift = position & 7;
    long w = (long) LONG.get(data, position >>> 3) << shift;
    return w | (data[(position >>> 3) + 8] & 0xFFL) >>> (8 - shift);
  }

  static long zigzag(long v) {
    return (v >>> 1) ^ -(v & 1);
  }

  private static int ones(long word) {
    return Math.min(Long.numberOfLeadingZeros(~word), MAX_ONES);
  }

  /** Bits in front of the varbit that begins with a word. */
  static int varbitPrefix(long word) {
    return Math.min(ones(word) + 1, MAX_ONES);
  }

  /** Bits of the varbit itself. */
  static int varbitLength(long word) {
    return VARBIT_LENGTHS[ones(word)];
  }

  /** The number in the first n bits of a word: from -(2^(n-1)-1) to 2^(n-1). */
  static long varbit(long word, int n) {
    if (n == 0) {
      return 0;
    }
    long v = word >>> (64 - n);
    return n < 64 && v > 1L << (n - 1) ? v - (1L << n) : v;
  }
}
