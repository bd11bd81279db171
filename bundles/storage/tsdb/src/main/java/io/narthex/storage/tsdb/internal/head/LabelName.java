package io.narthex.storage.tsdb.internal.head;

import java.util.Arrays;

/**
 * A label name and the pairs that it occurs in, in the order of their making. Names are few, so
 * they are objects.
 */
final class LabelName {

  final int index;
  final String text;
  final byte[] utf8;

  /** For the one thread that makes series: the array of {@link #pairs}, with room behind it. */
  private int[] room = new int[4];

  private volatile RowList pairs = RowList.EMPTY;

  /** Bytes of the name and its values over all series. */
  private volatile long memory;

  LabelName(int index, String text, byte[] utf8) {
    this.index = index;
    this.text = text;
    this.utf8 = utf8;
  }

  /** For the one thread that makes series. */
  void addPair(int pair) {
    int n = pairs.size;
    if (n == room.length) {
      room = Arrays.copyOf(room, n * 2);
    }
    room[n] = pair;
    pairs = new RowList(room, n + 1);
  }

  /** For the one thread that makes series. */
  void removePairs(RowSet removed) {
    RowList kept = pairs.filter(removed, false);
    room = Arrays.copyOf(kept.rows, Math.max(4, kept.size));
    pairs = new RowList(room, kept.size);
  }

  /** For the one thread that makes series. */
  void addMemory(long bytes) {
    long sum = memory + bytes;
    memory = sum;
  }

  /** The pairs as they are now. */
  RowList pairs() {
    return pairs;
  }

  long memory() {
    return memory;
  }
}
