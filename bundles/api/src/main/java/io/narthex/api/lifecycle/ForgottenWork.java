package io.narthex.api.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Work for one virtual thread, which lets go of it as it begins. The framework may keep a thread
 * that has ended, for instance as the one that first asked for a class; it must not keep by it what
 * the thread ran, and so the class loader of a bundle that is gone.
 */
public final class ForgottenWork implements Runnable {

  private @Nullable Runnable work;

  public ForgottenWork(Runnable work) {
    this.work = work;
  }

  @Override
  public void run() {
    Runnable mine = work;
    work = null;
    if (mine != null) {
      mine.run();
    }
  }
}
