package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup.State;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One actor in the group, from its arrival to its departure. Guarded by the group's lock. */
final class ActorRun {
  final Actor actor;
  final ActorInfo info;
  final Backoff backoff = new Backoff();

  /** Completed once the actor has stopped or was given up, so that its service may go. */
  final CompletableFuture<@Nullable Void> settled = new CompletableFuture<>();

  State state = State.RUNNING;
  Instant since;
  int restarts;
  @Nullable String lastError;

  /** A thread was asked for and has not yet said that it is done. */
  boolean onThread;

  /** Execute is about to be called, was called, or has returned in this start. */
  boolean begun;

  /** The actor's interrupt has not returned. */
  boolean interrupting;

  boolean departing;

  /** The thread that execute runs on, null while there is none. */
  volatile @Nullable Thread thread;

  Timers.@Nullable Timer restart;
  Timers.@Nullable Timer warning;
  Timers.@Nullable Timer limit;

  ActorRun(Actor actor, ActorInfo info, Instant since) {
    this.actor = actor;
    this.info = info;
    this.since = since;
  }

  void enter(State next, Instant now) {
    state = next;
    since = now;
  }

  /** Whether the end of the process has to wait for it. */
  boolean isLive() {
    return state == State.RUNNING || state == State.STOPPING || state == State.BACKING_OFF;
  }

  void cancelTimers() {
    cancel(restart);
    cancel(warning);
    cancel(limit);
    restart = null;
    warning = null;
    limit = null;
  }

  private static void cancel(Timers.@Nullable Timer timer) {
    if (timer != null) {
      timer.cancel();
    }
  }
}
