package io.narthex.storage.tsdb.internal.memory;

import java.util.Arrays;

/**
 * Blocks of a few sizes, given out and taken back. A block is named by its address in units of 16
 * bytes, as an unsigned int, so that 64 GiB can be named; 0 names none. For one thread at a time.
 */
public final class Blocks implements AutoCloseable {

  private static final int UNIT_BITS = 4;

  private final Pages pages = new Pages();
  private final int[] sizes;
  private final int[][] free;
  private final int[] freeCount;

  /**
   * @param sizes ascending multiples of 16 up to a page's size
   */
  public Blocks(int... sizes) {
    this.sizes = sizes.clone();
    this.free = new int[sizes.length][16];
    this.freeCount = new int[sizes.length];
    // The first unit is never given out, so that 0 can mean "none".
    long unused = pages.allocate(1 << UNIT_BITS, 1 << UNIT_BITS);
    assert unused == 0;
  }

  public int size(int sizeClass) {
    return sizes[sizeClass];
  }

  /** The smallest class of at least {@code size} bytes; -1 if there is none. */
  public int classOf(int size) {
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] >= size) {
        return i;
      }
    }
    return -1;
  }

  /** A block whose content is undefined. */
  public int allocate(int sizeClass) {
    if (freeCount[sizeClass] > 0) {
      return free[sizeClass][--freeCount[sizeClass]];
    }
    return (int) (pages.allocate(sizes[sizeClass], 1 << UNIT_BITS) >>> UNIT_BITS);
  }

  /** Takes a block back; its content stays until it is given out again. */
  public void release(int block, int sizeClass) {
    int n = freeCount[sizeClass];
    if (n == free[sizeClass].length) {
      free[sizeClass] = Arrays.copyOf(free[sizeClass], n * 2);
    }
    free[sizeClass][n] = block;
    freeCount[sizeClass] = n + 1;
  }

  public static long address(int block) {
    return (block & 0xFFFF_FFFFL) << UNIT_BITS;
  }

  public Pages pages() {
    return pages;
  }

  @Override
  public void close() {
    pages.close();
  }
}
