package io.narthex.config.internal.transaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of the configuration, which is there while something is to be done. */
public final class WorkerThread implements Later, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

  private final ScheduledThreadPoolExecutor executor;

  public WorkerThread() {
    executor =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("configuration").factory());
    executor.setKeepAliveTime(10, TimeUnit.SECONDS);
    executor.allowCoreThreadTimeOut(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    executor.setRemoveOnCancelPolicy(true);
  }

  @Override
  public void run(Runnable task) {
    runAfter(Duration.ZERO, task);
  }

  @Override
  public void runAfter(Duration delay, Runnable task) {
    try {
      Future<?> unused =
          executor.schedule(() -> logged(task), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closed: whoever still asks is going too.
      LOG.atDebug().log("Configuration task after the end left out");
    }
  }

  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | LinkageError e) {
      LOG.atError().setCause(e).log("Configuration task failed");
    }
  }

  /** Lets a running task end and forgets the others. */
  @Override
  public void close() {
    executor.shutdown();
  }
}
