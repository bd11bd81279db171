package io.narthex.lifecycle.internal;

import java.time.Duration;

/** Runs tasks later; tests own the time. */
interface Timers {

  /** A task that has not run yet. */
  interface Timer {
    /** Forgets the task; nothing happens if it has run. */
    void cancel();
  }

  Timer schedule(Duration delay, Runnable task);
}
