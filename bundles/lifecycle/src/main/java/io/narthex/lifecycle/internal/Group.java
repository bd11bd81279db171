package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.State;
import io.narthex.api.lifecycle.ServiceDeparted;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state machine behind the run group: what happens when actors arrive, depart and end.
 *
 * <p>Every method returns at once. Whoever has to wait for an actor waits for the future it is
 * given. Actors, timers and the end of the process are called without the lock, from a list that is
 * filled under it ({@code then}), so that no actor can hold up or re-enter the group.
 */
final class Group {
  private static final Logger log = LoggerFactory.getLogger(Group.class);

  /** How the whole group is doing. */
  private enum Phase {
    RUNNING,
    /** Actors are stopped, stage by stage; nobody is started any more. */
    ENDING,
    ENDED
  }

  private final ActorThreads threads;
  private final Timers timers;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Consumer<@Nullable Throwable> onEnd;

  private final ReentrantLock lock = new ReentrantLock();
  private final Set<ActorRun> runs = new LinkedHashSet<>();
  private final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();
  private volatile Settings settings;
  private Phase phase = Phase.RUNNING;

  /** What started the end; null for a critical actor that returned without an error. */
  private @Nullable Throwable cause;

  private boolean leaving;
  private int stage;

  /**
   * @param onEnd called once with the cause when the last actor has ended, unless the group was
   *     closed; null if a critical actor just returned
   */
  Group(
      Settings settings,
      ActorThreads threads,
      Timers timers,
      InstantSource clock,
      RandomGenerator random,
      Consumer<@Nullable Throwable> onEnd) {
    this.settings = settings;
    this.threads = threads;
    this.timers = timers;
    this.clock = clock;
    this.random = random;
    this.onEnd = onEnd;
  }

  /** Takes other settings, for what begins from now on. */
  void settings(Settings next) {
    settings = next;
  }

  /** Starts an actor, or only remembers it when the process is ending. */
  ActorRun arrive(Actor actor, ActorInfo info) {
    ActorRun run = new ActorRun(actor, info, clock.instant());
    perform(then -> {
      if (phase == Phase.RUNNING) {
        runs.add(run);
        start(run, then);
      } else {
        run.enter(State.ENDED, clock.instant());
        run.settled.complete(null);
        log.atInfo()
            .addKeyValue("actor", info.name())
            .log("Actor is not started, because the process is ending");
      }
    });
    return run;
  }

  /**
   * Stops an actor whose service goes; no other actor notices.
   *
   * @return completed when the actor has stopped or was given up
   */
  CompletableFuture<@Nullable Void> depart(ActorRun run) {
    perform(then -> {
      run.departing = true;
      switch (run.state) {
        case RUNNING -> interrupt(run, new ServiceDeparted(run.info.name()), then);
        case BACKING_OFF -> ended(run, then);
        case STOPPING, ENDED, ABANDONED -> {
          // Stopping already, or over.
        }
      }
      if (!run.isLive()) {
        runs.remove(run);
      }
    });
    return run.settled;
  }

  /**
   * Stops everything, stage by stage.
   *
   * @return whether this call was the one that started it
   */
  boolean end(Throwable why) {
    boolean[] first = new boolean[1];
    perform(then -> {
      if (phase == Phase.RUNNING) {
        first[0] = true;
        beginEnd(why, then);
      }
    });
    return first[0];
  }

  /**
   * Stops everything because the run group itself goes; the process goes on.
   *
   * @return completed when all actors have stopped or were given up
   */
  CompletableFuture<@Nullable Void> close() {
    perform(then -> {
      if (phase == Phase.RUNNING) {
        leaving = true;
        beginEnd(new ServiceDeparted("the run group"), then);
      }
    });
    return finished;
  }

  /** Whether the end of the process was asked for, or has come. */
  boolean isEnding() {
    lock.lock();
    try {
      return phase != Phase.RUNNING && !leaving;
    } finally {
      lock.unlock();
    }
  }

  List<ActorStatus> actors() {
    lock.lock();
    try {
      return runs.stream()
          .map(this::status)
          .sorted(
              Comparator.comparingInt(ActorStatus::stage)
                  .reversed()
                  .thenComparing(ActorStatus::name))
          .toList();
    } finally {
      lock.unlock();
    }
  }

  private ActorStatus status(ActorRun run) {
    List<String> waitsFor =
        phase != Phase.ENDING || run.state != State.RUNNING
            ? List.of()
            : runs.stream()
                .filter(r -> r.state == State.STOPPING && r.info.stage() > run.info.stage())
                .map(r -> r.info.name())
                .sorted()
                .toList();
    return new ActorStatus(
        run.info.name(),
        run.info.stage(),
        run.info.critical(),
        run.info.bundle(),
        run.state,
        run.since,
        run.restarts,
        run.lastError,
        waitsFor);
  }

  /** Changes the state under the lock, then does what that calls for without it. */
  private void perform(Consumer<List<Runnable>> change) {
    List<Runnable> then = new ArrayList<>(4);
    lock.lock();
    try {
      change.accept(then);
    } finally {
      lock.unlock();
    }
    then.forEach(Runnable::run);
  }

  private void start(ActorRun run, List<Runnable> then) {
    run.onThread = true;
    run.begun = false;
    run.enter(State.RUNNING, clock.instant());
    then.add(() -> startThread(run));
  }

  private void startThread(ActorRun run) {
    try {
      threads.start(new ActorStart(run));
    } catch (Throwable e) {
      // No thread could be had: that is a failure of the actor like any other.
      executeReturned(run, e);
    }
  }

  private void interrupt(ActorRun run, Throwable why, List<Runnable> then) {
    Instant from = clock.instant();
    run.enter(State.STOPPING, from);
    watch(run);
    if (run.begun) {
      run.interrupting = true;
      then.add(() -> threads.interrupt(run.info.name(), () -> callInterrupt(run, why)));
    }
  }

  private void callInterrupt(ActorRun run, Throwable why) {
    try {
      run.actor.interrupt(why);
    } catch (Throwable e) {
      log.atError()
          .addKeyValue("actor", run.info.name())
          .setCause(e)
          .log("Interrupting an actor failed");
    }
    perform(then -> {
      run.interrupting = false;
      settleIfDone(run, then);
    });
  }

  private void watch(ActorRun run) {
    Settings now = settings;
    run.warning = timers.schedule(now.warn(), () -> warn(run, now.warn()));
    run.limit = timers.schedule(now.limit(), () -> abandon(run, now.limit()));
  }

  private void warn(ActorRun run, Duration waited) {
    perform(then -> {
      if (run.state == State.STOPPING) {
        log.atWarn()
            .addKeyValue("actor", run.info.name())
            .addKeyValue("waited", waited)
            .log("Still waiting for an actor to stop");
      }
    });
  }

  private void abandon(ActorRun run, Duration waited) {
    perform(then -> {
      if (run.state == State.STOPPING) {
        log.atError()
            .addKeyValue("actor", run.info.name())
            .addKeyValue("waited", waited)
            .log("Actor did not stop and is given up");
        leave(run, State.ABANDONED, then);
      }
    });
  }

  private void executeReturned(ActorRun run, @Nullable Throwable failure) {
    perform(then -> {
      Instant now = clock.instant();
      run.onThread = false;
      run.thread = null;
      if (failure != null) {
        run.lastError = describe(failure);
      }
      switch (run.state) {
        case STOPPING -> {
          logLateFailure(run, failure);
          settleIfDone(run, then);
        }
        case ABANDONED -> {
          run.enter(State.ENDED, now);
          log.atInfo()
              .addKeyValue("actor", run.info.name())
              .log("An actor that was given up has stopped after all");
        }
        case RUNNING -> endedByItself(run, failure, Duration.between(run.since, now), then);
        case BACKING_OFF, ENDED -> throw new IllegalStateException(run.info.name());
      }
    });
  }

  private void logLateFailure(ActorRun run, @Nullable Throwable failure) {
    if (failure != null && !failure.equals(cause) && !(failure instanceof InterruptedException)) {
      log.atWarn()
          .addKeyValue("actor", run.info.name())
          .setCause(failure)
          .log("Actor failed while it was stopping");
    }
  }

  private void endedByItself(
      ActorRun run, @Nullable Throwable failure, Duration ran, List<Runnable> then) {
    if (phase != Phase.RUNNING) {
      logLateFailure(run, failure);
      ended(run, then);
    } else if (run.info.critical()) {
      leave(run, State.ENDED, then);
      if (!(failure instanceof ShutdownRequested)) {
        log.atError()
            .addKeyValue("actor", run.info.name())
            .setCause(failure)
            .log(failure == null ? "Actor ended by itself" : "Actor failed");
      }
      beginEnd(failure, then);
    } else {
      backOff(run, failure, ran);
    }
  }

  private void backOff(ActorRun run, @Nullable Throwable failure, Duration ran) {
    Duration pause = run.backoff.next(settings, ran, random);
    run.enter(State.BACKING_OFF, clock.instant());
    log.atWarn()
        .addKeyValue("actor", run.info.name())
        .addKeyValue("restart_in", pause)
        .setCause(failure)
        .log("Actor ended and will be started again");
    run.restart = timers.schedule(pause, () -> restart(run));
  }

  private void restart(ActorRun run) {
    perform(then -> {
      if (run.state == State.BACKING_OFF) {
        run.restart = null;
        run.restarts++;
        start(run, then);
      }
    });
  }

  private void settleIfDone(ActorRun run, List<Runnable> then) {
    if (run.state == State.STOPPING && !run.onThread && !run.interrupting) {
      ended(run, then);
    }
  }

  private void ended(ActorRun run, List<Runnable> then) {
    leave(run, State.ENDED, then);
  }

  private void leave(ActorRun run, State last, List<Runnable> then) {
    run.cancelTimers();
    run.enter(last, clock.instant());
    if (run.departing) {
      runs.remove(run);
    }
    then.add(() -> run.settled.complete(null));
    if (phase == Phase.ENDING) {
      advance(then);
    }
  }

  private void beginEnd(@Nullable Throwable why, List<Runnable> then) {
    phase = Phase.ENDING;
    cause = why;
    stage = Integer.MAX_VALUE;
    advance(then);
  }

  /** Goes down the stages as far as nobody has to be waited for. */
  private void advance(List<Runnable> then) {
    Throwable why = cause != null ? cause : new ShutdownRequested("the end of an actor");
    while (runs.stream().noneMatch(r -> r.state == State.STOPPING && r.info.stage() >= stage)) {
      List<ActorRun> live = runs.stream().filter(ActorRun::isLive).toList();
      if (live.isEmpty()) {
        finish(then);
        return;
      }
      stage = live.stream().mapToInt(r -> r.info.stage()).max().getAsInt();
      for (ActorRun run : live) {
        if (run.info.stage() == stage) {
          stop(run, why, then);
        }
      }
    }
  }

  private void stop(ActorRun run, Throwable why, List<Runnable> then) {
    if (run.state == State.RUNNING) {
      log.atDebug().addKeyValue("actor", run.info.name()).log("Stopping an actor");
      interrupt(run, why, then);
    } else if (run.state == State.BACKING_OFF) {
      run.cancelTimers();
      run.enter(State.ENDED, clock.instant());
      then.add(() -> run.settled.complete(null));
    }
  }

  private void finish(List<Runnable> then) {
    phase = Phase.ENDED;
    Throwable why = cause;
    boolean exits = !leaving;
    then.add(() -> {
      finished.complete(null);
      if (exits) {
        onEnd.accept(why);
      }
    });
  }

  private static String describe(Throwable failure) {
    String message = failure.getMessage();
    return message == null || message.isEmpty() ? failure.getClass().getName() : message;
  }

  /** One start of one actor, as its thread sees it. */
  private final class ActorStart implements ActorThreads.Start {
    private final ActorRun run;

    ActorStart(ActorRun run) {
      this.run = run;
    }

    @Override
    public String name() {
      return run.info.name();
    }

    @Override
    public Actor actor() {
      return run.actor;
    }

    @Override
    public boolean begin() {
      lock.lock();
      try {
        run.begun = run.state == State.RUNNING;
        run.thread = Thread.currentThread();
        return run.begun;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void end(@Nullable Throwable failure) {
      executeReturned(run, failure);
    }
  }
}
