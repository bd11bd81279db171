package io.narthex.storage.tsdb.internal.head;

import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The oldest times that open appenders still take, so that who is about to write a block of a time
 * range can wait until nothing more comes into it.
 */
final class AppenderBounds {

  private final TreeMap<Long, Integer> open = new TreeMap<>();

  /** Notes the bound of an appender, which is asked for while nobody looks. Returns it. */
  synchronized long enter(LongSupplier bound) {
    long oldest = bound.getAsLong();
    open.merge(oldest, 1, Integer::sum);
    return oldest;
  }

  synchronized void leave(long oldest) {
    open.computeIfPresent(oldest, (k, n) -> n == 1 ? null : n - 1);
    notifyAll();
  }

  /** Waits until no appender takes samples before a time. */
  synchronized void awaitNoneBefore(long time) throws InterruptedException {
    while (!open.isEmpty() && open.firstKey() < time) {
      wait();
    }
  }
}
