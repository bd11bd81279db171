package io.narthex.storage.tsdb.internal.head;

/** Sorts rows by the labels of their series, by merging. */
final class RowSorter {

  private static final int INSERTION = 8;

  private final SeriesIndex index;

  RowSorter(SeriesIndex index) {
    this.index = index;
  }

  /** Sorts a list into a new array. */
  int[] sort(RowList list) {
    int[] rows = java.util.Arrays.copyOf(list.rows, list.size);
    sort(rows, new int[rows.length], 0, rows.length);
    return rows;
  }

  private void sort(int[] rows, int[] spare, int from, int to) {
    if (to - from <= INSERTION) {
      for (int i = from + 1; i < to; i++) {
        int row = rows[i];
        int k = i - 1;
        while (k >= from && index.compare(rows[k], row) > 0) {
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
    if (index.compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    System.arraycopy(rows, from, spare, from, middle - from);
    int a = from;
    int b = middle;
    for (int i = from; a < middle; i++) {
      if (b < to && index.compare(rows[b], spare[a]) < 0) {
        rows[i] = rows[b++];
      } else {
        rows[i] = spare[a++];
      }
    }
  }
}
