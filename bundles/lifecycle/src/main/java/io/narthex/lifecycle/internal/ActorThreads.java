package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import org.jspecify.annotations.Nullable;

/** Gives actors the threads they run on; tests decide themselves when one begins and ends. */
interface ActorThreads {

  /** One start of an actor: the thread calls begin, then, if it was true, execute, and last end. */
  interface Start {

    String name();

    Actor actor();

    /** Whether the actor is still wanted; if not, execute must not be called. */
    boolean begin();

    /**
     * Execute has returned, or was not called.
     *
     * @param failure what it threw, null if it returned
     */
    void end(@Nullable Throwable failure);
  }

  /** Runs an actor on a thread of its own and returns at once. */
  void start(Start start);

  /** Calls an actor's interrupt away from the caller, which must not be held up by it. */
  void interrupt(String name, Runnable interrupt);
}
