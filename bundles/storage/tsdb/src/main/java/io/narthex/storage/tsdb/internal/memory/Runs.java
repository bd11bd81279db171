package io.narthex.storage.tsdb.internal.memory;

import java.util.Arrays;

/**
 * Pieces of memory of any size, given out and taken back. A piece is named by its address in units
 * of 4 bytes, as an unsigned int, so that 16 GiB can be named. What is taken back is given out
 * again for pieces of about its size only. For one thread at a time.
 */
public final class Runs implements AutoCloseable {

  private static final int UNIT = 4;

  /** Up to here each size has a list of its own; larger pieces are rounded to powers of two. */
  private static final int EXACT = 1024;

  private static final int CLASSES = EXACT / UNIT + 1 + 21;

  private final Pages pages = new Pages();
  private final int[][] free = new int[CLASSES][];
  private final int[] freeCount = new int[CLASSES];

  private static int sizeClass(int size) {
    return size <= EXACT
        ? (size + UNIT - 1) / UNIT
        : EXACT / UNIT + 1 + (32 - Integer.numberOfLeadingZeros(size - 1)) - 11;
  }

  private static long size(int sizeClass) {
    int above = sizeClass - EXACT / UNIT - 1;
    return above < 0 ? (long) sizeClass * UNIT : 1L << (above + 11);
  }

  /** A piece whose content is undefined, within one page. */
  public int allocate(int size) {
    int c = sizeClass(size);
    if (freeCount[c] > 0) {
      return free[c][--freeCount[c]];
    }
    return (int) (pages.allocate(size(c), UNIT) >>> 2);
  }

  /** Takes a piece back; its content stays until it is given out again. */
  public void release(int run, int size) {
    int c = sizeClass(size);
    int n = freeCount[c];
    if (n == 0 && free[c] == null) {
      free[c] = new int[16];
    } else if (n == free[c].length) {
      free[c] = Arrays.copyOf(free[c], n * 2);
    }
    free[c][n] = run;
    freeCount[c] = n + 1;
  }

  public static long address(int run) {
    return (run & 0xFFFF_FFFFL) << 2;
  }

  public Pages pages() {
    return pages;
  }

  @Override
  public void close() {
    pages.close();
  }
}
