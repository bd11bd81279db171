package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.head.Ingestion;
import io.narthex.storage.tsdb.internal.head.Ingestion.State;
import io.narthex.storage.tsdb.internal.head.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at the space that the data directory's disk has left, and makes the database
 * take no new series when it gets low, no samples when it gets lower, and both again when there is
 * space. What was stopped goes on at a tenth more than where it stopped, so that it does not go on
 * and off. A write that finds no space stops everything until the next look.
 */
final class SpaceGuard implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SpaceGuard.class);

  private static final Duration JOIN_TIMEOUT = Duration.ofSeconds(10);

  /** Tells the usable bytes. */
  @FunctionalInterface
  interface Source {
    long usableBytes() throws IOException;
  }

  private final Source source;
  private final Ingestion ingestion;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private volatile long usable;
  private boolean unreadable;
  private boolean closed;
  private State said = State.ALL;

  private SpaceGuard(Source source, Ingestion ingestion) {
    this.source = source;
    this.ingestion = ingestion;
    this.thread = Thread.ofPlatform().daemon().name("tsdb space").unstarted(this::run);
  }

  /** Looks once, and from then on at the limits' interval until it is closed. */
  static SpaceGuard start(Source source, Ingestion ingestion) {
    SpaceGuard guard = new SpaceGuard(source, ingestion);
    guard.check();
    ingestion.whenFull(guard::wroteInVain);
    guard.thread.start();
    return guard;
  }

  /** Usable bytes at the last look. */
  long usable() {
    return usable;
  }

  /** Looks at the disk, and sets what is taken. */
  void check() {
    lock.lock();
    try {
      long left;
      try {
        left = source.usableBytes();
        unreadable = false;
      } catch (IOException e) {
        // Not knowing is no reason to lose samples: what is taken stays as it is.
        if (!unreadable) {
          log.atWarn().setCause(e).log("Space of the data directory's disk cannot be read");
        }
        unreadable = true;
        return;
      }
      usable = left;
      set(next(left, ingestion.limits()), left);
    } finally {
      lock.unlock();
    }
  }

  private State next(long left, Limits limits) {
    State now = ingestion.state();
    if (isBelow(left, limits.spaceForSamples(), now == State.NO_SAMPLES)) {
      return State.NO_SAMPLES;
    }
    return isBelow(left, limits.spaceForSeries(), now != State.ALL)
        ? State.NO_NEW_SERIES
        : State.ALL;
  }

  private static boolean isBelow(long left, long threshold, boolean already) {
    return left < (already ? threshold + threshold / 10 : threshold);
  }

  private void set(State next, long left) {
    ingestion.setState(next);
    if (next == said) {
      return;
    }
    said = next;
    switch (next) {
      case ALL ->
          log.atInfo().addKeyValue("usable_bytes", left).log("Samples and series are taken again");
      case NO_NEW_SERIES ->
          log.atWarn()
              .addKeyValue("usable_bytes", left)
              .log("Space on the disk is low: no new series are taken");
      case NO_SAMPLES ->
          log.atError()
              .addKeyValue("usable_bytes", left)
              .log("No space is left on the disk: no samples are taken");
    }
  }

  /** A write has found no space. */
  private void wroteInVain() {
    lock.lock();
    try {
      set(State.NO_SAMPLES, usable);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    lock.lock();
    try {
      while (!closed) {
        long left = TimeUnit.MILLISECONDS.toNanos(ingestion.limits().interval());
        while (!closed && left > 0) {
          left = changed.awaitNanos(left);
        }
        if (!closed) {
          check();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    ingestion.whenFull(() -> {});
    try {
      if (!thread.join(JOIN_TIMEOUT)) {
        log.atWarn().log("The look at the disk's space does not come to an end");
      }
    } catch (InterruptedException e) {
      // Whoever interrupts wants it to end: the thread does so by itself.
      Thread.currentThread().interrupt();
    }
  }
}
