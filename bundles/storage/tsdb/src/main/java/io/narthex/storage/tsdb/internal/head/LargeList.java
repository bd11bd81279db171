package io.narthex.storage.tsdb.internal.head;

import java.util.Arrays;

/**
 * A long list of rows: an ascending array, to which greater rows are added at the end, and the few
 * rows that are lower because they were used before. Readers share the array and never see it
 * changed; the few are merged in when they have become too many. Read and changed under the lock of
 * the pair's row.
 */
final class LargeList {

  private static final int MIN_EXTRA = 64;

  /** One row in so many may lie beside the array. */
  private static final int EXTRA_SHARE = 16;

  private int[] rows;
  private int size;
  private int[] extra = new int[MIN_EXTRA];
  private int extraSize;

  LargeList(int[] rows, int size) {
    this.rows = rows;
    this.size = size;
  }

  void add(int row) {
    if (row > rows[size - 1]) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, size + size / 4);
      }
      rows[size++] = row;
      return;
    }
    if (extraSize == extra.length) {
      if (extraSize * EXTRA_SHARE >= size) {
        RowList merged = merge(rows, size, extra, extraSize);
        rows = Arrays.copyOf(merged.rows, merged.size + merged.size / 8);
        size = merged.size;
        extra = new int[MIN_EXTRA];
        extraSize = 0;
        add(row);
        return;
      }
      extra = Arrays.copyOf(extra, extraSize * 2);
    }
    extra[extraSize++] = row;
  }

  /** What the list is at a moment, to be put together once it is known to be of one. */
  record View(int[] rows, int size, int[] extra, int extraSize) {
    RowList toList() {
      return extraSize == 0 ? new RowList(rows, size) : merge(rows, size, extra, extraSize);
    }
  }

  View view() {
    return new View(rows, size, extra, extraSize);
  }

  private static RowList merge(int[] rows, int size, int[] extra, int extraSize) {
    int[] few = Arrays.copyOf(extra, extraSize);
    Arrays.sort(few);
    int[] out = new int[size + extraSize];
    int from = 0;
    int n = 0;
    for (int row : few) {
      int at = Arrays.binarySearch(rows, from, size, row);
      int to = at < 0 ? -at - 1 : at;
      System.arraycopy(rows, from, out, n, to - from);
      n += to - from;
      out[n++] = row;
      from = to;
    }
    System.arraycopy(rows, from, out, n, size - from);
    return new RowList(out, out.length);
  }

  long bytes() {
    return (rows.length + extra.length) * 4L;
  }
}
