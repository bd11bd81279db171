package io.narthex.itest.framework;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Waits for conditions that nobody announces. */
final class Await {
  /** So long a busy machine may take; no test passes or fails by it on another one. */
  static final Duration PATIENCE = Duration.ofSeconds(120);

  private Await() {}

  /** Asks until the answer is as wanted, and gives it. */
  static <T> T until(String what, Callable<T> question, Predicate<T> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    T last = null;
    Exception failure = null;
    while (System.nanoTime() < deadline) {
      try {
        last = question.call();
        failure = null;
        if (wanted.test(last)) {
          return last;
        }
      } catch (Exception e) {
        failure = e;
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    throw new AssertionError("waited in vain for " + what + "; last: " + last, failure);
  }
}
