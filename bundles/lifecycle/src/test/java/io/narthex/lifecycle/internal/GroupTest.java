package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.State;
import io.narthex.api.lifecycle.ServiceDeparted;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupTest {
  private final GroupTestKit kit = new GroupTestKit();

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void startsAnActorWhenItArrives() {
    kit.run("web", 200);
    assertThat(kit.state("web")).isEqualTo(State.RUNNING);
    assertThat(kit.status("web").since()).isEqualTo(kit.timers.instant());
    assertThat(kit.group.isEnding()).isFalse();
  }

  @Test
  void interruptsAndWaitsForAnActorThatDeparts() {
    FakeActor actor = kit.run("scrape", 600);
    FakeActor other = kit.run("web", 200);
    assertThat(kit.depart("scrape")).isFalse();
    assertThat(actor.causes).singleElement().isInstanceOf(ServiceDeparted.class);
    assertThat(kit.state("scrape")).isEqualTo(State.STOPPING);
    kit.returns("scrape");
    assertThat(kit.runs.get("scrape").settled).isCompleted();
    assertThat(kit.group.actors()).extracting(ActorStatus::name).containsExactly("web");
    assertThat(other.causes).isEmpty();
    assertThat(kit.group.isEnding()).isFalse();
    assertThat(kit.timers.pending()).isZero();
  }

  @Test
  void aFailureWhileDepartingEndsNothing() {
    kit.run("scrape", 600);
    kit.run("web", 200);
    kit.depart("scrape");
    kit.fails("scrape", new IOException("broken pipe"));
    assertThat(kit.group.isEnding()).isFalse();
    assertThat(kit.logged("scrape")).contains("Actor failed while it was stopping");
  }

  @Test
  void anActorThatDepartsBeforeItBeganIsNeverExecuted() {
    FakeActor actor = kit.arrive("web", 200);
    assertThat(kit.depart("web")).isFalse();
    assertThat(kit.threads.of("web").begin()).isFalse();
    kit.returns("web");
    assertThat(kit.runs.get("web").settled).isCompleted();
    assertThat(actor.causes).as("nothing to interrupt").isEmpty();
  }

  @Test
  void theEndInterruptsAnActorThatHasNotBegun() {
    kit.arrive("web", 200);
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.threads.of("web").begin()).isFalse();
    kit.returns("web");
    assertThat(kit.ends).hasSize(1);
  }

  @Test
  void theFirstOwnEndStopsTheOthersStageByStage() {
    kit.run("termination", 0);
    kit.run("storage", 300);
    kit.run("scrape", 600);
    kit.run("rules", 700);
    kit.run("discovery b", 800);
    kit.run("discovery a", 800);
    IOException failure = new IOException("disk full");
    kit.fails("storage", failure);
    assertThat(kit.group.isEnding()).isTrue();
    assertThat(kit.causes("discovery a")).containsExactly(failure);
    assertThat(kit.causes("discovery b")).containsExactly(failure);
    assertThat(kit.causes("rules")).isEmpty();
    assertThat(kit.status("rules").waitsFor()).containsExactly("discovery a", "discovery b");
    kit.returns("discovery b");
    assertThat(kit.causes("rules")).as("the other one of the stage still runs").isEmpty();
    kit.returns("discovery a");
    assertThat(kit.causes("rules")).containsExactly(failure);
    assertThat(kit.causes("scrape")).isEmpty();
    kit.returns("rules");
    assertThat(kit.causes("scrape")).containsExactly(failure);
    kit.returns("scrape");
    assertThat(kit.causes("storage")).as("it has ended already").isEmpty();
    assertThat(kit.causes("termination")).containsExactly(failure);
    assertThat(kit.ends).isEmpty();
    kit.returns("termination");
    assertThat(kit.ends).containsExactly(Optional.of(failure));
    assertThat(kit.timers.pending()).isZero();
  }

  @Test
  void theFirstCauseIsTheOneThatCounts() {
    kit.run("web", 200);
    kit.run("scrape", 600);
    ShutdownRequested request = new ShutdownRequested("SIGTERM");
    assertThat(kit.group.end(request)).isTrue();
    assertThat(kit.group.end(new ShutdownRequested("again"))).isFalse();
    kit.fails("web", new IOException("on the way out"));
    assertThat(kit.causes("web")).as("ended before its turn").isEmpty();
    kit.fails("scrape", new IOException("too"));
    assertThat(kit.ends).containsExactly(Optional.of(request));
    assertThat(kit.causes("scrape")).hasSize(1);
  }

  @Test
  void aReturnByItselfIsAnEndWithoutAFailure() {
    kit.run("web", 200);
    kit.run("scrape", 600);
    kit.returns("scrape");
    assertThat(kit.causes("web")).singleElement().isInstanceOf(ShutdownRequested.class);
    kit.returns("web");
    assertThat(kit.ends).containsExactly(Optional.empty());
  }

  @Test
  void anEmptyGroupEndsAtOnce() {
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.ends).hasSize(1);
    assertThat(kit.group.isEnding()).isTrue();
  }

  @Test
  void anActorThatArrivesDuringTheEndIsNotStarted() {
    kit.run("web", 200);
    kit.group.end(new ShutdownRequested("test"));
    FakeActor late = kit.arrive("late", 800);
    assertThat(kit.threads.count("late")).isZero();
    assertThat(kit.depart("late")).isTrue();
    assertThat(late.causes).isEmpty();
    kit.returns("web");
    assertThat(kit.ends).hasSize(1);
  }

  @Test
  void anActorIsInterruptedOnceHoweverManyReasonsThereAre() {
    FakeActor actor = kit.run("web", 200);
    kit.depart("web");
    kit.depart("web");
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.group.close()).isNotCompleted();
    assertThat(actor.causes).hasSize(1);
    assertThat(kit.ends).as("it is still waited for").isEmpty();
    kit.returns("web");
    assertThat(kit.ends).hasSize(1);
  }

  @Test
  void anActorThatDepartsDuringTheEndIsWaitedForByBoth() {
    kit.run("web", 200);
    kit.run("scrape", 600);
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.depart("web")).isFalse();
    assertThat(kit.causes("web")).singleElement().isInstanceOf(ServiceDeparted.class);
    kit.returns("scrape");
    assertThat(kit.ends).isEmpty();
    kit.returns("web");
    assertThat(kit.runs.get("web").settled).isCompleted();
    assertThat(kit.ends).hasSize(1);
  }

  @Test
  void anInterruptThatThrowsIsLoggedAndTheActorStillWaitedFor() {
    kit.run("web", 200).thrownByInterrupt = new IllegalStateException("bad interrupt");
    kit.run("storage", 100);
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.logged("web")).contains("Interrupting an actor failed");
    assertThat(kit.causes("storage")).isEmpty();
    kit.returns("web");
    assertThat(kit.causes("storage")).hasSize(1);
  }

  @Test
  void anActorIsNotGoneWhileItsInterruptIsUnderWay() {
    kit.threads.interruptAtOnce = false;
    FakeActor actor = kit.run("web", 200);
    kit.depart("web");
    kit.returns("web");
    assertThat(kit.runs.get("web").settled).isNotCompleted();
    kit.threads.interrupts.remove().run();
    assertThat(actor.causes).hasSize(1);
    assertThat(kit.runs.get("web").settled).isCompleted();
  }

  @Test
  void aStuckActorIsNamedAndThenGivenUp() {
    kit.run("stuck", 800);
    kit.run("storage", 300);
    kit.group.end(new ShutdownRequested("test"));
    kit.timers.advance(Duration.ofMillis(9_999));
    assertThat(kit.logged("stuck")).doesNotContain("Still waiting for an actor to stop");
    kit.timers.advance(Duration.ofMillis(1));
    assertThat(kit.logged("stuck")).contains("Still waiting for an actor to stop");
    kit.timers.advance(Duration.ofMillis(49_999));
    assertThat(kit.causes("storage")).isEmpty();
    kit.timers.advance(Duration.ofMillis(1));
    assertThat(kit.state("stuck")).isEqualTo(State.ABANDONED);
    assertThat(kit.logged("stuck")).contains("Actor did not stop and is given up");
    assertThat(kit.causes("storage")).as("its turn has come, with time of its own").hasSize(1);
    kit.returns("stuck");
    assertThat(kit.state("stuck")).isEqualTo(State.ENDED);
    kit.returns("storage");
    assertThat(kit.ends).hasSize(1);
  }

  @Test
  void aStuckActorThatDepartsIsGivenUpToo() {
    kit.run("stuck", 800);
    kit.depart("stuck");
    kit.timers.advance(Duration.ofMinutes(1));
    assertThat(kit.runs.get("stuck").settled).isCompleted();
    assertThat(kit.group.actors()).isEmpty();
    assertThat(kit.group.isEnding()).isFalse();
  }

  @Test
  void settingsApplyToWhatBeginsAfterThem() {
    kit.run("stuck", 800);
    kit.group.settings(
        new Settings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1)));
    kit.depart("stuck");
    kit.timers.advance(Duration.ofSeconds(2));
    assertThat(kit.runs.get("stuck").settled).isCompleted();
  }

  @Test
  void closingStopsInOrderAndDoesNotEndTheProcess() {
    kit.run("web", 200);
    kit.run("scrape", 600);
    var closed = kit.group.close();
    assertThat(kit.group.isEnding()).isFalse();
    assertThat(kit.causes("web")).isEmpty();
    kit.returns("scrape");
    assertThat(kit.causes("web")).singleElement().isInstanceOf(ServiceDeparted.class);
    kit.returns("web");
    assertThat(closed).isCompleted();
    assertThat(kit.ends).isEmpty();
  }

  @Test
  void anActorWithoutAThreadFails() {
    Group group =
        new Group(
            Settings.DEFAULTS,
            new ActorThreads() {
              @Override
              public void start(Start start) {
                throw new OutOfMemoryError("unable to create native thread");
              }

              @Override
              public void interrupt(String name, Runnable interrupt) {
                interrupt.run();
              }
            },
            kit.timers,
            kit.timers,
            new java.util.SplittableRandom(1),
            cause -> kit.ends.add(Optional.ofNullable(cause)));
    group.arrive(new FakeActor(), new ActorInfo("web", 200, true, "test"));
    assertThat(kit.ends)
        .singleElement()
        .satisfies(e -> assertThat(e).containsInstanceOf(OutOfMemoryError.class));
  }

  @Test
  void listsActorsByStageAndName() {
    kit.run("b", 200);
    kit.run("c", 600);
    kit.run("a", 200);
    assertThat(kit.group.actors()).extracting(ActorStatus::name).containsExactly("c", "a", "b");
  }
}
