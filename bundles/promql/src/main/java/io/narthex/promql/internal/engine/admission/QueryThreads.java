package io.narthex.promql.internal.engine.admission;

import io.narthex.promql.internal.engine.Guard;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads that evaluate queries, one for each that takes long: requests come on virtual
 * threads, of which only as many run as there are processors, and not even a scrape would run
 * beside a few busy ones. Their number is bounded by the places of queries.
 */
public final class QueryThreads implements AutoCloseable {

  private static final long LOOK_MILLIS = 50;

  private final ThreadPoolExecutor executor;

  public QueryThreads() {
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread t = new Thread(null, task, "promql-" + number.incrementAndGet(), 0, false);
              t.setContextClassLoader(QueryThreads.class.getClassLoader());
              t.setDaemon(true);
              return t;
            });
  }

  /**
   * Runs the work on another thread and waits for its end, which comes soon after the guard was
   * told to cancel.
   *
   * @param abandoned asked now and then, by the caller's thread; when it says so, the guard is told
   */
  public <T> T call(Supplier<T> work, Guard guard, BooleanSupplier abandoned) {
    Task<T> task = new Task<>(work);
    try {
      executor.execute(task);
    } catch (RejectedExecutionException closed) {
      // The engine goes while the query begins: it ends on its own thread.
      return work.get();
    }
    return task.await(guard, abandoned);
  }

  /** Threads that work go on to the end of their query. */
  @Override
  public void close() {
    executor.shutdown();
  }

  /** Work with its outcome. */
  private static final class Task<T> implements Runnable {
    private final Supplier<T> work;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;

    Task(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      try {
        result = work.get();
      } catch (RuntimeException | Error e) {
        failure = e;
      } finally {
        done.countDown();
      }
    }

    T await(Guard guard, BooleanSupplier abandoned) {
      boolean interrupted = false;
      boolean ended = false;
      while (!ended) {
        try {
          ended = done.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
          if (!ended && abandoned.getAsBoolean()) {
            guard.cancel();
          }
        } catch (InterruptedException e) {
          // Whoever interrupts wants no result; the work is told, and its end is near.
          interrupted = true;
          guard.cancel();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return outcome();
    }

    private T outcome() {
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      if (failure instanceof Error e) {
        throw e;
      }
      T value = result;
      if (value == null) {
        throw new IllegalStateException("work without a result");
      }
      return value;
    }
  }
}
