package io.narthex.promql.internal.engine;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The places of queries that may run at one time; the others wait in line. */
final class QueryPlaces {

  private final Semaphore free;
  private final AtomicInteger queries = new AtomicInteger();

  QueryPlaces(int places) {
    free = new Semaphore(places, true);
  }

  /** Queries that run or wait. */
  int queries() {
    return queries.get();
  }

  /**
   * Waits for a place; looks now and then whether the query is still wanted.
   *
   * @throws EvaluationFailure if its time runs out or it is cancelled before
   */
  void enter(Guard guard) {
    queries.incrementAndGet();
    boolean entered = false;
    try {
      while (!entered) {
        long remaining = guard.remainingNanos();
        if (remaining <= 0) {
          guard.check();
        }
        entered =
            free.tryAcquire(
                Math.min(remaining, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Guard.failure(io.narthex.api.query.QueryException.Kind.CANCELED, "query queue");
    } finally {
      if (!entered) {
        queries.decrementAndGet();
      }
    }
  }

  void leave() {
    free.release();
    queries.decrementAndGet();
  }
}
