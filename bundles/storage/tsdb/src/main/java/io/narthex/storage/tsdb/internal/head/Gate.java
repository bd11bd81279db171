package io.narthex.storage.tsdb.internal.head;

import java.util.concurrent.TimeUnit;

/** Counts who uses the head, lets nobody in after it was closed, and waits until all have left. */
public final class Gate {

  private int inside;
  private boolean closed;

  /** Goes in; false if it is closed. */
  public synchronized boolean enter() {
    if (closed) {
      return false;
    }
    inside++;
    return true;
  }

  public synchronized void leave() {
    inside--;
    notifyAll();
  }

  public synchronized int inside() {
    return inside;
  }

  /**
   * Lets nobody in any more and waits for those who are inside.
   *
   * @return how many had not left when the time was over
   */
  public synchronized int close(long timeoutMillis) throws InterruptedException {
    closed = true;
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    while (inside > 0) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      wait(left);
    }
    return inside;
  }
}
