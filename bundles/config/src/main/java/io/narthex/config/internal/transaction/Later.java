package io.narthex.config.internal.transaction;

import java.time.Duration;

/** Runs tasks in order on one thread that is not the caller's. */
public interface Later {

  void run(Runnable task);

  void runAfter(Duration delay, Runnable task);
}
