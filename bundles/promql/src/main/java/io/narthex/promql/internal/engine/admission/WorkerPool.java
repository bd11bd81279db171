package io.narthex.promql.internal.engine.admission;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few platform threads that help big queries. Whoever asks for help works too and never waits for
 * a helper to start, so a busy pool makes queries slower but cannot block them.
 */
public final class WorkerPool implements AutoCloseable {

  private final int helpers;
  private final ThreadPoolExecutor executor;

  /**
   * @param name of its threads, before their number
   * @param helpers the most threads that help at one time, beside the queries' own; 0 for none
   */
  public WorkerPool(String name, int helpers) {
    this.helpers = helpers;
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            Math.max(1, helpers),
            Math.max(1, helpers),
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              // Nothing of the thread that happens to need help first, which another bundle may
              // own.
              Thread t = new Thread(null, task, name + number.incrementAndGet(), 0, false);
              t.setContextClassLoader(WorkerPool.class.getClassLoader());
              t.setDaemon(true);
              return t;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  public int helpers() {
    return helpers;
  }

  /** Runs the task on up to {@code n} helpers, whenever they are free. */
  public void help(Runnable task, int n) {
    try {
      for (int i = 0; i < Math.min(n, helpers); i++) {
        executor.execute(task);
      }
    } catch (RejectedExecutionException closed) {
      // The pool goes while the query still runs: it ends on its own thread.
      return;
    }
  }

  /** What helps goes on to the end of its work. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
