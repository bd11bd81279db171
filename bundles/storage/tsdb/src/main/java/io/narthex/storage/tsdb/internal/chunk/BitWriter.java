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
}
