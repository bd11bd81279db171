package io.narthex.scrape.internal.loop;

import org.jspecify.annotations.Nullable;

/**
 * A part of a thread's work that may be interrupted. An interrupt must never meet a write to the
 * storage: it would close the storage's files.
 */
final class Interruptible {

  private @Nullable Thread inside;
  private boolean interrupted;

  /** Enters; throws if the interrupt came before. */
  synchronized void begin() throws InterruptedException {
    if (interrupted) {
      throw new InterruptedException();
    }
    inside = Thread.currentThread();
  }

  /** Leaves; an interrupt that came too late has no effect. */
  synchronized void end() {
    inside = null;
    boolean unused = Thread.interrupted();
  }

  synchronized void interrupt() {
    interrupted = true;
    if (inside != null) {
      inside.interrupt();
    }
  }
}
