package io.narthex.storage.tsdb.internal.head;

import java.util.Arrays;

/** Ascending rows of series: the first {@link #size} of an array that is never changed there. */
final class RowList {

  static final RowList EMPTY = new RowList(new int[0], 0);

  final int[] rows;
  final int size;

  RowList(int[] rows, int size) {
    this.rows = rows;
    this.size = size;
  }

  /** The rows below a bound. */
  RowList below(int bound) {
    if (size == 0 || rows[size - 1] < bound) {
      return this;
    }
    int at = Arrays.binarySearch(rows, 0, size, bound);
    return new RowList(rows, at < 0 ? -at - 1 : at);
  }

  /** The rows that both lists have; gallops through the longer one. */
  RowList intersect(RowList other) {
    RowList few = size <= other.size ? this : other;
    RowList many = few == this ? other : this;
    int[] out = new int[few.size];
    int n = 0;
    int from = 0;
    for (int i = 0; i < few.size && from < many.size; i++) {
      int row = few.rows[i];
      from = many.seek(from, row);
      if (from < many.size && many.rows[from] == row) {
        out[n++] = row;
        from++;
      }
    }
    return new RowList(out, n);
  }

  /** The index of the first row at or after {@code row}, from {@code from} on. */
  private int seek(int from, int row) {
    if (rows[from] >= row) {
      return from;
    }
    int step = 1;
    int low = from;
    int high = from + 1;
    while (high < size && rows[high] < row) {
      low = high;
      step <<= 1;
      high = Math.min(size, low + step);
      if (high < 0) {
        high = size;
      }
    }
    int at = Arrays.binarySearch(rows, low + 1, Math.min(high, size), row);
    return at < 0 ? -at - 1 : at;
  }

  /** The rows that are, or are not, in the set. */
  RowList filter(RowSet set, boolean keep) {
    int[] out = new int[size];
    int n = 0;
    for (int i = 0; i < size; i++) {
      if (set.has(rows[i]) == keep) {
        out[n++] = rows[i];
      }
    }
    return new RowList(out, n);
  }
}
