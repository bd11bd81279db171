package io.narthex.config.internal.actor;

/** Tells of SIGHUP. */
@FunctionalInterface
public interface Hangup {

  /** Calls the handler at each signal until the registration is closed. */
  Registration handle(Runnable handler);

  /** A handler that is in place. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
