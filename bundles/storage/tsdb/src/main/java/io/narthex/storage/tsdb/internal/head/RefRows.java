package io.narthex.storage.tsdb.internal.head;

import java.util.Arrays;

/**
 * Rows by the references of a log. References are given out in ascending order, so that nearly all
 * lie close together: those are looked up in an array, in which neighbours are neighbours; the few
 * that would leave it mostly empty in a hash table. For one thread.
 */
final class RefRows {

  /** References below are in the array whatever their number. */
  private static final long ALWAYS_DENSE = 1 << 16;

  /** How many places of the array a reference may cost. */
  private static final int PLACES = 8;

  /** By reference: the row plus 1. */
  private int[] dense = new int[1024];

  private final LongIntMap sparse = new LongIntMap();
  private int size;

  /** The row, -1 if there is none. */
  int get(long ref) {
    if (ref >= 0 && ref < dense.length && dense[(int) ref] != 0) {
      return dense[(int) ref] - 1;
    }
    return sparse.get(ref);
  }

  void put(long ref, int row) {
    size++;
    if (ref >= ALWAYS_DENSE + (long) PLACES * size || ref >= Integer.MAX_VALUE - 8) {
      sparse.put(ref, row);
      return;
    }
    if (ref >= dense.length) {
      long length = Math.max(ref + 1, Math.min(dense.length * 2L, Integer.MAX_VALUE - 8));
      dense = Arrays.copyOf(dense, (int) length);
    }
    dense[(int) ref] = row + 1;
  }
}
