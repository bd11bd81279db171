package io.narthex.storage.tsdb.internal.chunk;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Writes bits, the most significant first, straight into memory. Bits behind those that are written
 * are undefined afterwards, up to 9 bytes behind; bits before them never change, so that others may
 * read those meanwhile.
 */
public final class BitWriter {

  /** Bytes that a write may touch behind its last bit. */
  public static final int SLACK = 9;

  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int[] VARBIT_LENGTHS = {0, 3, 6, 9, 12, 18, 25, 56, 64};

  private BitWriter() {}

  /**
   * Puts the low {@code n} bits of {@code bits}, 1 ≤ n ≤ 64, all higher ones being zero.
   *
   * @param base where the bits begin in the memory
   * @param position in bits after {@code base}
   * @return the position behind them
   */
  public static int put(MemorySegment memory, long base, int position, long bits, int n) {
    long at = base + (position >>> 3);
    int shift = position & 7;
    long kept = memory.get(LONG, at) & ~(-1L >>> shift);
    memory.set(LONG, at, kept | (bits << (64 - n) >>> shift));
    int over = shift + n - 64;
    if (over > 0) {
      memory.set(ValueLayout.JAVA_BYTE, at + 8, (byte) (bits << (8 - over)));
    }
    return position + n;
  }

  /** An unsigned number in groups of seven bits, each in a byte that need not be aligned. */
  public static int putUvarint(MemorySegment memory, long base, int position, long v) {
    int at = position;
    long x = v;
    while ((x & ~0x7FL) != 0) {
      at = put(memory, base, at, (x & 0x7F) | 0x80, 8);
      x >>>= 7;
    }
    return put(memory, base, at, x, 8);
  }

  /** A signed number, zigzag, as {@link #putUvarint}. */
  public static int putVarint(MemorySegment memory, long base, int position, long v) {
    return putUvarint(memory, base, position, (v << 1) ^ (v >> 63));
  }

  /** A signed number in one of nine lengths, the small ones the shortest. */
  static int putVarbit(MemorySegment memory, long base, int position, long v) {
    if (v == 0) {
      return put(memory, base, position, 0, 1);
    }
    int ones = 1;
    while (ones < VARBIT_LENGTHS.length - 1 && !fits(v, VARBIT_LENGTHS[ones])) {
      ones++;
    }
    int n = VARBIT_LENGTHS[ones];
    int prefix = Math.min(ones + 1, VARBIT_LENGTHS.length - 1);
    // So many ones, and a zero behind them unless they are eight.
    long head = ones == VARBIT_LENGTHS.length - 1 ? 0xFF : (1L << prefix) - 2;
    int at = put(memory, base, position, head, prefix);
    return put(memory, base, at, n == 64 ? v : v & ((1L << n) - 1), n);
  }

  /** From -(2^(n-1)-1) to 2^(n-1). */
  private static boolean fits(long v, int n) {
    return v >= -((1L << (n - 1)) - 1) && v <= 1L << (n - 1);
  }
}
