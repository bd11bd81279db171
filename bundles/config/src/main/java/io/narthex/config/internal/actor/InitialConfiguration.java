package io.narthex.config.internal.actor;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.ExitCodeException;
import io.narthex.config.internal.transaction.Transactions;
import io.narthex.model.GoQuote;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the configuration file at once, loads it when the storage is open, and lets everything
 * start that waits for it.
 */
public final class InitialConfiguration implements Actor {

  private static final Logger LOG = LoggerFactory.getLogger(InitialConfiguration.class);
  private static final int BAD_FILE = 2;

  private final String file;
  private final Transactions transactions;
  private final Publication publication;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private int storages;
  private boolean stopped;

  public InitialConfiguration(String file, Transactions transactions, Publication publication) {
    this.file = file;
    this.transactions = transactions;
    this.publication = publication;
  }

  @Override
  public void execute() throws Exception {
    if (transactions.current() == null) {
      check();
    }
    if (!awaitStorage()) {
      return;
    }
    try {
      transactions.loadInitially();
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          "error loading config from " + GoQuote.quote(file) + ": " + e.getMessage(), e);
    }
    publication.publish();
    LOG.atInfo().log("Server is ready to receive web requests.");
    awaitStop();
  }

  private void check() throws ExitCodeException {
    try {
      transactions.check();
    } catch (ConfigurationException e) {
      String what = "Error loading config (--config.file=" + file + ")";
      LOG.atError()
          .addKeyValue("file", Path.of(file).toAbsolutePath().normalize().toString())
          .addKeyValue("err", e.getMessage())
          .log(what);
      throw new ExitCodeException(BAD_FILE, what + ": " + e.getMessage(), e);
    }
  }

  /** A storage has opened. */
  public void storageArrived() {
    change(() -> storages++);
  }

  public void storageLeft() {
    change(() -> storages--);
  }

  @Override
  public void interrupt(Throwable cause) {
    change(() -> stopped = true);
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

  /** Whether there is one; false if the actor was stopped first. */
  private boolean awaitStorage() throws InterruptedException {
    lock.lock();
    try {
      while (storages == 0 && !stopped) {
        changed.await();
      }
      return !stopped;
    } finally {
      lock.unlock();
    }
  }

  private void awaitStop() throws InterruptedException {
    lock.lock();
    try {
      while (!stopped) {
        changed.await();
      }
    } finally {
      lock.unlock();
    }
  }
}
