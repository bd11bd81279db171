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
  private int[] pairs = new int[4];
  private volatile int pairCount;

  /** Bytes of the name and its values over all series. */
  private volatile long memory;

  LabelName(int index, String text, byte[] utf8) {
    this.index = index;
    this.text = text;
    this.utf8 = utf8;
  }

  /** For the one thread that makes series. */
  void addPair(int pair) {
    int n = pairCount;
    if (n == pairs.length) {
      pairs = Arrays.copyOf(pairs, n * 2);
    }
    pairs[n] = pair;
    pairCount = n + 1;
  }

  /** For the one thread that makes series. */
  void addMemory(long bytes) {
    long sum = memory + bytes;
    memory = sum;
  }

  int pairCount() {
    return pairCount;
  }

  /** Pair i, for i below a {@link #pairCount} that was read before. */
  int pair(int i) {
    return pairs[i];
  }

  long memory() {
    return memory;
  }
}
