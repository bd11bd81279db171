package io.narthex.storage.tsdb.internal.chunk;

import java.lang.foreign.MemorySegment;

/**
 * The encoding of float samples, number 1.
 *
 * <pre>
 * chunk := count(BE16) t0(varint) v0(64) [ delta1(uvarint) value ( dod value )* ]
 * dod   := 0 | 10 bits(14) | 110 bits(17) | 1110 bits(20) | 1111 bits(64)
 * value := 0                                      as before
 *        | 10 bits                                in the window of before
 *        | 11 leading(5) length(6) bits           in a new window
 * </pre>
 *
 * A number of n bits stands for -(2^(n-1)-1) … 2^(n-1).
 */
public final class XorFormat {

  /** The number of the encoding. */
  public static final int ENCODING = 1;

  /** Bytes in front of the samples. */
  public static final int HEADER = 2;

  /** The most bytes that one sample adds, the first one apart, which adds at most 18. */
  public static final int MAX_SAMPLE = 19;

  /** {@link #window} before any. */
  public static final int NO_WINDOW = 0xFFFF;

  private XorFormat() {}

  /** Puts a difference of time differences. */
  public static int putDod(MemorySegment memory, long base, int position, long dod) {
    if (dod == 0) {
      return BitWriter.put(memory, base, position, 0, 1);
    }
    if (dod >= -8191 && dod <= 8192) {
      return BitWriter.put(memory, base, position, 0x2L << 14 | (dod & 0x3FFF), 16);
    }
    if (dod >= -65535 && dod <= 65536) {
      return BitWriter.put(memory, base, position, 0x6L << 17 | (dod & 0x1FFFF), 20);
    }
    if (dod >= -524287 && dod <= 524288) {
      return BitWriter.put(memory, base, position, 0xEL << 20 | (dod & 0xFFFFF), 24);
    }
    int at = BitWriter.put(memory, base, position, 0xF, 4);
    return BitWriter.put(memory, base, at, dod, 64);
  }

  /**
   * Puts a value as its difference to the one before.
   *
   * @param window leading zeros in the high byte, trailing ones in the low byte, of the value
   *     before, or {@link #NO_WINDOW}
   * @return the position behind it above 16 bits with the window to go on with
   */
  public static long putXor(MemorySegment memory, long base, int position, long xor, int window) {
    if (xor == 0) {
      return (long) BitWriter.put(memory, base, position, 0, 1) << 16 | window;
    }
    int leading = Math.min(Long.numberOfLeadingZeros(xor), 31);
    int trailing = Long.numberOfTrailingZeros(xor);
    int oldLeading = window >>> 8;
    int oldTrailing = window & 0xFF;
    if (window != NO_WINDOW && leading >= oldLeading && trailing >= oldTrailing) {
      int at = BitWriter.put(memory, base, position, 2, 2);
      int n = 64 - oldLeading - oldTrailing;
      at = BitWriter.put(memory, base, at, xor >>> oldTrailing, n);
      return (long) at << 16 | window;
    }
    int n = 64 - leading - trailing;
    int at = BitWriter.put(memory, base, position, 3L << 11 | (long) leading << 6 | (n & 0x3F), 13);
    at = BitWriter.put(memory, base, at, xor >>> trailing, n);
    return (long) at << 16 | leading << 8 | trailing;
  }
}
