package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.slf4j.LoggerFactory;

/** A group on fake threads and fake time, and short words for what tests do with it. */
final class GroupTestKit implements AutoCloseable {
  final FakeThreads threads = new FakeThreads();
  final FakeTimers timers = new FakeTimers();

  /** One entry for each call; empty for an end without a failure. */
  final List<Optional<Throwable>> ends = new ArrayList<>();

  final Map<String, FakeActor> actors = new HashMap<>();
  final Map<String, ActorRun> runs = new HashMap<>();
  final Group group =
      new Group(
          Settings.DEFAULTS,
          threads,
          timers,
          timers,
          new SplittableRandom(1),
          cause -> ends.add(Optional.ofNullable(cause)));
  private final Logger logger = (Logger) LoggerFactory.getLogger(Group.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  GroupTestKit() {
    log.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(log);
  }

  @Override
  public void close() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  FakeActor arrive(String name, int stage) {
    return arrive(name, stage, true);
  }

  FakeActor arrive(String name, int stage, boolean critical) {
    FakeActor actor = new FakeActor();
    actors.put(name, actor);
    runs.put(name, group.arrive(actor, new ActorInfo(name, stage, critical, "test 1.0.0")));
    return actor;
  }

  /** Arrives and begins to execute. */
  FakeActor run(String name, int stage) {
    return run(name, stage, true);
  }

  FakeActor run(String name, int stage, boolean critical) {
    FakeActor actor = arrive(name, stage, critical);
    assertThat(threads.of(name).begin()).isTrue();
    return actor;
  }

  boolean depart(String name) {
    return group.depart(runs.get(name)).isDone();
  }

  void returns(String name) {
    threads.of(name).end(null);
  }

  void fails(String name, Throwable failure) {
    threads.of(name).end(failure);
  }

  ActorStatus status(String name) {
    return group.actors().stream().filter(a -> a.name().equals(name)).findAny().orElseThrow();
  }

  State state(String name) {
    return status(name).state();
  }

  List<Throwable> causes(String name) {
    return actors.get(name).causes;
  }

  /** The messages that name an actor. */
  List<String> logged(String actor) {
    return log.list.stream()
        .filter(e ->
            e.getKeyValuePairs() != null
                && e.getKeyValuePairs().stream()
                    .anyMatch(p -> p.key.equals("actor") && p.value.equals(actor)))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
