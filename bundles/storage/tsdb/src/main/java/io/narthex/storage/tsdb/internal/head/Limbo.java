package io.narthex.storage.tsdb.internal.head;

import java.util.ArrayDeque;

/**
 * What was removed from the head and may still be looked at by who came before: rows, label pairs,
 * symbols and pages of chunks. It is used again when they have left.
 */
final class Limbo {

  /** What one removal left, and the epochs that began after it. */
  private record Remains(
      long readers, long appenders, int[] rows, int[] pairs, int[] symbols, int[] pages) {}

  private final Head head;
  private final ArrayDeque<Remains> waiting = new ArrayDeque<>();
  private volatile boolean empty = true;

  Limbo(Head head) {
    this.head = head;
  }

  /** Takes in what nobody who comes from now on can find. */
  synchronized void add(int[] rows, int[] pairs, int[] symbols, int[] pages) {
    waiting.add(
        new Remains(head.readers.advance(), head.appenders.advance(), rows, pairs, symbols, pages));
    empty = false;
  }

  boolean isEmpty() {
    return empty;
  }

  /** Frees what nobody can be looking at any more; takes the head's locks. */
  void reclaim() {
    if (!isDue()) {
      return;
    }
    head.applyLock.lock();
    try {
      head.seriesLock.lock();
      try {
        free();
      } finally {
        head.seriesLock.unlock();
      }
    } finally {
      head.applyLock.unlock();
    }
  }

  private synchronized boolean isDue() {
    Remains next = waiting.peek();
    return next != null
        && !head.readers.hasBefore(next.readers)
        && !head.appenders.hasBefore(next.appenders);
  }

  private synchronized void free() {
    while (isDue()) {
      Remains next = waiting.remove();
      head.index.release(next.rows);
      head.index.pairs.release(next.pairs);
      head.index.symbols.release(next.symbols);
      head.chunks.release(next.pages);
    }
    empty = waiting.isEmpty();
  }
}
