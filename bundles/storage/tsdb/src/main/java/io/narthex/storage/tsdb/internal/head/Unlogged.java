package io.narthex.storage.tsdb.internal.head;

import java.util.Arrays;

/**
 * Rows of series that were made and have no record in the log yet, in the order of their making.
 */
final class Unlogged {

  private int[] rows = new int[256];
  private volatile int size;

  synchronized void add(int row) {
    int n = size;
    if (n == rows.length) {
      rows = Arrays.copyOf(rows, n * 2);
    }
    rows[n] = row;
    size = n + 1;
  }

  boolean isEmpty() {
    return size == 0;
  }

  synchronized int[] toArray() {
    return Arrays.copyOf(rows, size);
  }

  /** Takes away the first n, which are in the log now. */
  synchronized void logged(int n) {
    int left = size - n;
    System.arraycopy(rows, n, rows, 0, left);
    size = left;
  }
}
