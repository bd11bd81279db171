package io.narthex.promql.internal.engine.admission;

import io.narthex.api.query.QueryException;
import io.narthex.promql.internal.engine.Guard;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** The places of queries that may run at one time; the others wait in line. */
public final class QueryPlaces {

  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Semaphore free;
  private final AtomicInteger queries = new AtomicInteger();

  public QueryPlaces(int places) {
    free = new Semaphore(places, true);
  }

  /** Queries that run or wait. */
  public int queries() {
    return queries.get();
  }

  /**
   * Waits for a place; looks now and then whether the query is still wanted.
   *
   * @param abandoned asked by the calling thread; when it says so, the guard is told
   * @throws io.narthex.promql.internal.engine.EvaluationFailure if its time runs out or it is
   *     cancelled before
   */
  public void enter(Guard guard, BooleanSupplier abandoned) {
    queries.incrementAndGet();
    boolean entered = false;
    try {
      while (!entered) {
        long remaining = guard.remainingNanos();
        if (remaining <= 0) {
          guard.check();
        }
        entered = free.tryAcquire(Math.min(remaining, LOOK_NANOS), TimeUnit.NANOSECONDS);
        if (!entered && abandoned.getAsBoolean()) {
          guard.cancel();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Guard.failure(QueryException.Kind.CANCELED, "query queue");
    } finally {
      if (!entered) {
        queries.decrementAndGet();
      }
    }
  }

  public void leave() {
    free.release();
    queries.decrementAndGet();
  }
}
