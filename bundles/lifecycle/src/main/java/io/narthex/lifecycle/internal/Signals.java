package io.narthex.lifecycle.internal;

/** Hears signals of the operating system. */
interface Signals {

  /**
   * Calls the handler, on any thread, whenever the signal comes, instead of what happened before.
   *
   * @param name without SIG, for instance {@code TERM}
   * @return closing it puts back the handler that was there before
   * @throws UnsupportedOperationException if this JVM leaves the signal to somebody else
   */
  Registration handle(String name, Runnable handler);

  /** A handler that is in place. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
