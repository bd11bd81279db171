package io.narthex.storage.tsdb.internal.head;

/** A set of rows, or of other small numbers, as bits. */
final class RowSet {

  private final long[] words;

  RowSet(int bound) {
    words = new long[(bound + 63) >>> 6];
  }

  /** Adds a row that is below the bound. */
  void add(int row) {
    words[row >>> 6] |= 1L << row;
  }

  /** Adds the rows of the list that are below the bound. */
  void addAll(RowList list) {
    for (int i = 0; i < list.size; i++) {
      int row = list.rows[i];
      if (row >>> 6 >= words.length) {
        return;
      }
      words[row >>> 6] |= 1L << row;
    }
  }

  boolean has(int row) {
    return row >>> 6 < words.length && (words[row >>> 6] & (1L << row)) != 0;
  }

  RowList toList(int bound) {
    int n = 0;
    for (long w : words) {
      n += Long.bitCount(w);
    }
    int[] rows = new int[n];
    int k = 0;
    for (int i = 0; i < words.length; i++) {
      for (long w = words[i]; w != 0; w &= w - 1) {
        int row = (i << 6) + Long.numberOfTrailingZeros(w);
        if (row < bound) {
          rows[k++] = row;
        }
      }
    }
    return new RowList(rows, k);
  }
}
