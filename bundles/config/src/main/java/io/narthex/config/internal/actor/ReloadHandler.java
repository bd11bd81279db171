package io.narthex.config.internal.actor;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.lifecycle.Actor;
import io.narthex.config.internal.transaction.Transactions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration on SIGHUP and, if it is asked to, when its files have changed. It
 * begins when the initial configuration is loaded; a signal before that is remembered.
 */
public final class ReloadHandler implements Actor {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadHandler.class);

  private final String file;
  private final Transactions transactions;
  private final Hangup hangup;
  private final boolean autoReload;
  private final Duration interval;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean loaded;
  private boolean signalled;
  private boolean stopped;

  /** Of the files as they were loaded last; empty if it could not be computed. */
  private volatile String checksum = "";

  public ReloadHandler(
      String file,
      Transactions transactions,
      Hangup hangup,
      boolean autoReload,
      Duration interval) {
    this.file = file;
    this.transactions = transactions;
    this.hangup = hangup;
    this.autoReload = autoReload;
    this.interval = interval;
  }

  @Override
  public void execute() throws InterruptedException {
    Hangup.Registration registration = hangup.handle(this::signal);
    try {
      if (autoReload) {
        checksum = compute("Failed to generate initial checksum for configuration file");
        transactions.setAfterReload(this::reloaded);
      }
      transactions.whenLoaded(this::loaded);
      while (true) {
        switch (next()) {
          case STOP -> {
            LOG.atInfo().log("Reloaders stopped");
            return;
          }
          case SIGNAL -> reload("SIGHUP");
          case TICK -> checkFiles();
        }
      }
    } finally {
      transactions.setAfterReload(() -> {});
      registration.close();
    }
  }

  private enum Event {
    STOP,
    SIGNAL,
    TICK
  }

  private Event next() throws InterruptedException {
    lock.lock();
    try {
      long nanos = interval.toNanos();
      while (true) {
        if (stopped) {
          return Event.STOP;
        }
        if (loaded && signalled) {
          signalled = false;
          return Event.SIGNAL;
        }
        if (!loaded || !autoReload) {
          changed.await();
        } else if (nanos > 0) {
          nanos = changed.awaitNanos(nanos);
        } else {
          return Event.TICK;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    change(() -> signalled = true);
  }

  private void loaded() {
    change(() -> loaded = true);
  }

  @Override
  public void interrupt(Throwable cause) {
    change(() -> {
      if (!stopped) {
        LOG.atInfo().log("Stopping reloaders...");
      }
      stopped = true;
    });
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reloads if the files differ from what was loaded. When they cannot be read, the reload is tried
   * all the same, so that its error is seen.
   */
  void checkFiles() {
    String now;
    try {
      now = Checksum.of(file);
    } catch (ConfigurationException e) {
      logChecksumError("Failed to generate checksum during configuration reload", e);
      now = "";
      checksum = "";
    }
    if (!now.isEmpty() && now.equals(checksum)) {
      return;
    }
    LOG.atInfo().log("Configuration file change detected, reloading the configuration.");
    if (reload("checksum")) {
      checksum = now;
    }
  }

  private boolean reload(String trigger) {
    try {
      transactions.reload(trigger);
      return true;
    } catch (ConfigurationException e) {
      // Logged where it failed.
      return false;
    }
  }

  /** After a reload by anyone. */
  private void reloaded() {
    checksum = compute("Failed to generate checksum during configuration reload");
  }

  private String compute(String problem) {
    try {
      return Checksum.of(file);
    } catch (ConfigurationException e) {
      logChecksumError(problem, e);
      return "";
    }
  }

  private static void logChecksumError(String problem, ConfigurationException e) {
    LOG.atError().addKeyValue("err", e.getMessage()).log(problem);
  }

  /** Milliseconds as a duration of at least a second. */
  public static Duration interval(long millis) {
    return Duration.ofMillis(Math.max(millis, TimeUnit.SECONDS.toMillis(1)));
  }
}
