package io.narthex.storage.tsdb.internal.head;

import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The oldest times that those who are at work still need, so that who is about to change what is
 * older can wait until nobody does.
 */
final class TimeBounds {

  private final TreeMap<Long, Integer> open = new TreeMap<>();

  /** Notes a bound, which is asked for while nobody looks. Returns it. */
  synchronized long enter(LongSupplier bound) {
    long oldest = bound.getAsLong();
    open.merge(oldest, 1, Integer::sum);
    return oldest;
  }

  synchronized void leave(long oldest) {
    open.computeIfPresent(oldest, (k, n) -> n == 1 ? null : n - 1);
    notifyAll();
  }

  /** The oldest bound, {@link Long#MAX_VALUE} if there is none. */
  synchronized long oldest() {
    return open.isEmpty() ? Long.MAX_VALUE : open.firstKey();
  }

  /** Waits until nobody needs times before this one. */
  synchronized void awaitNoneBefore(long time) throws InterruptedException {
    while (!open.isEmpty() && open.firstKey() < time) {
      wait();
    }
  }
}
