package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.StorageMaintenance;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time for what there is to do on a database's blocks, and does it, in a thread
 * of its own. After a failure it waits for a second, and for twice as long after each further one,
 * a minute at most.
 */
final class MaintenanceLoop implements StorageMaintenance {

  private static final Logger log = LoggerFactory.getLogger(MaintenanceLoop.class);

  private static final long FIRST_BACKOFF_MILLIS = 1000;
  private static final long LONGEST_BACKOFF_MILLIS = 60_000;

  private final Maintenance maintenance;
  private final long intervalMillis;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Under the lock, as what follows. */
  private boolean asked;

  private boolean paused;
  private boolean stopped;
  private boolean working;
  private long backoffMillis;

  /**
   * @param intervalMillis between two looks
   */
  MaintenanceLoop(Maintenance maintenance, long intervalMillis) {
    this.maintenance = maintenance;
    this.intervalMillis = intervalMillis;
    this.thread = Thread.ofPlatform().name("tsdb-maintenance").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      boolean look = true;
      while (look) {
        boolean skip = begin();
        if (skip) {
          maintenance.counters().skipped.increment();
        } else {
          work();
        }
        look = await();
      }
    } catch (InterruptedException e) {
      log.atDebug().log("Maintenance was interrupted");
    }
  }

  /** Whether nothing is to be done as it is paused; forgets what was asked for. */
  private boolean begin() {
    lock.lock();
    try {
      boolean skip = paused && !asked;
      asked = false;
      working = !skip;
      return skip;
    } finally {
      lock.unlock();
    }
  }

  private void work() throws InterruptedException {
    long next = 0;
    try {
      maintenance.reload();
      maintenance.compact();
    } catch (CancellationException e) {
      log.atInfo().log("Compaction was ended as the database closes");
    } catch (IOException | RuntimeException e) {
      next = Math.min(Math.max(FIRST_BACKOFF_MILLIS, backoff() * 2), LONGEST_BACKOFF_MILLIS);
      log.atError().addKeyValue("retry_ms", next).setCause(e).log("compaction failed");
    }
    lock.lock();
    try {
      backoffMillis = next;
      working = false;
    } finally {
      lock.unlock();
    }
  }

  private long backoff() {
    lock.lock();
    try {
      return backoffMillis;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the next look; false if there is none any more. */
  private boolean await() throws InterruptedException {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(backoffMillis > 0 ? backoffMillis : intervalMillis);
      while (!stopped && !asked && left > 0) {
        left = changed.awaitNanos(left);
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Status status() {
    Task task = maintenance.recorder().current();
    lock.lock();
    try {
      State state =
          working || task != null
              ? State.RUNNING
              : paused ? State.PAUSED : backoffMillis > 0 ? State.BACKING_OFF : State.IDLE;
      return new Status(state, paused, task, maintenance.recorder().recent());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void pause() {
    log.atInfo().log("Compactions are paused");
    change(() -> paused = true);
  }

  @Override
  public void resume() {
    log.atInfo().log("Compactions go on");
    change(() -> {
      asked |= paused;
      paused = false;
    });
  }

  @Override
  public void runNow() {
    change(() -> asked = true);
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Ends what is under way, soon, and returns when it has ended. */
  void stop() throws InterruptedException {
    change(() -> stopped = true);
    maintenance.cancel();
    thread.interrupt();
    thread.join();
  }
}
