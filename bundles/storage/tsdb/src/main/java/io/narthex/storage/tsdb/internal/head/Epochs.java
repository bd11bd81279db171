package io.narthex.storage.tsdb.internal.head;

import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Who uses the head, by when they came: epochs are numbered, and {@link #advance} begins the next
 * one. What was taken out of everybody's sight before that is free once those of earlier epochs
 * have left. Also the door: after {@link #close} nobody is let in.
 */
final class Epochs {

  private final TreeMap<Long, Integer> inside = new TreeMap<>();
  private long current;
  private int count;
  private boolean closed;

  /** Goes in; -1 if it is closed, else the epoch to leave with. */
  synchronized long enter() {
    if (closed) {
      return -1;
    }
    count++;
    inside.merge(current, 1, Integer::sum);
    return current;
  }

  synchronized void leave(long epoch) {
    count--;
    inside.computeIfPresent(epoch, (k, n) -> n == 1 ? null : n - 1);
    notifyAll();
  }

  synchronized int inside() {
    return count;
  }

  /** Begins an epoch; who is inside came in an earlier one. */
  synchronized long advance() {
    return ++current;
  }

  /** Whether somebody is inside who came before an epoch. */
  synchronized boolean hasBefore(long epoch) {
    return !inside.isEmpty() && inside.firstKey() < epoch;
  }

  /** Waits until who came before an epoch has left; false if that took longer. */
  synchronized boolean awaitBefore(long epoch, long timeoutMillis) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (hasBefore(epoch)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  /**
   * Lets nobody in any more and waits for those who are inside.
   *
   * @return how many had not left when the time was over
   */
  synchronized int close(long timeoutMillis) throws InterruptedException {
    closed = true;
    boolean unused = awaitBefore(current + 1, timeoutMillis);
    return count;
  }
}
