package io.narthex.storage.tsdb.internal.head;

/** Sorts rows, or other things that ints name, by merging. */
final class RowSorter {

  private static final int INSERTION = 8;

  /** An order of what ints name. */
  @FunctionalInterface
  interface Order {
    int compare(int a, int b);
  }

  private final Order order;

  RowSorter(Order order) {
    this.order = order;
  }

  /** Sorts a list into a new array. */
  int[] sort(RowList list) {
    return sort(java.util.Arrays.copyOf(list.rows, list.size));
  }

  /** Sorts an array in place, and returns it. */
  int[] sort(int[] rows) {
    sort(rows, new int[(rows.length + 1) / 2], 0, rows.length);
    return rows;
  }

  private void sort(int[] rows, int[] spare, int from, int to) {
    if (to - from <= INSERTION) {
      for (int i = from + 1; i < to; i++) {
        int row = rows[i];
        int k = i - 1;
        while (k >= from && order.compare(rows[k], row) > 0) {
          rows[k + 1] = rows[k];
          k--;
        }
        rows[k + 1] = row;
      }
      return;
    }
    int middle = (from + to) >>> 1;
    sort(rows, spare, from, middle);
    sort(rows, spare, middle, to);
    if (order.compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    int half = middle - from;
    System.arraycopy(rows, from, spare, 0, half);
    int a = 0;
    int b = middle;
    for (int i = from; a < half; i++) {
      if (b < to && order.compare(rows[b], spare[a]) < 0) {
        rows[i] = rows[b++];
      } else {
        rows[i] = spare[a++];
      }
    }
  }
}
