package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.RunGroup.State;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GroupRestartTest {
  private final GroupTestKit kit = new GroupTestKit();

  @BeforeEach
  void plugin() {
    kit.run("web", 200);
    kit.run("plugin", 800, false);
  }

  @AfterEach
  void close() {
    kit.close();
  }

  @Test
  void anActorThatIsNotCriticalStartsAgainAfterAPause() {
    kit.fails("plugin", new IOException("no route to host"));
    assertThat(kit.state("plugin")).isEqualTo(State.BACKING_OFF);
    assertThat(kit.status("plugin").lastError()).isEqualTo("no route to host");
    assertThat(kit.causes("web")).isEmpty();
    kit.timers.advance(Duration.ofMillis(799));
    assertThat(kit.threads.count("plugin")).isEqualTo(1);
    kit.timers.advance(Duration.ofMillis(201));
    assertThat(kit.threads.count("plugin")).isEqualTo(2);
    assertThat(kit.threads.of("plugin").begin()).isTrue();
    assertThat(kit.state("plugin")).isEqualTo(State.RUNNING);
    assertThat(kit.status("plugin").restarts()).isEqualTo(1);
  }

  @Test
  void aReturnIsAnEndLikeAFailure() {
    kit.returns("plugin");
    assertThat(kit.state("plugin")).isEqualTo(State.BACKING_OFF);
    assertThat(kit.group.isEnding()).isFalse();
  }

  @Test
  void departingWhileBackingOffTakesItsRestartAlong() {
    kit.fails("plugin", new IOException("x"));
    assertThat(kit.depart("plugin")).isTrue();
    assertThat(kit.timers.pending()).isZero();
    kit.timers.advance(Duration.ofHours(1));
    assertThat(kit.threads.count("plugin")).isEqualTo(1);
    assertThat(kit.group.actors()).hasSize(1);
  }

  @Test
  void theEndDoesNotWaitForAPause() {
    kit.fails("plugin", new IOException("x"));
    kit.group.end(new ShutdownRequested("test"));
    assertThat(kit.state("plugin")).isEqualTo(State.ENDED);
    assertThat(kit.causes("web")).hasSize(1);
    kit.returns("web");
    assertThat(kit.ends).hasSize(1);
    kit.timers.advance(Duration.ofHours(1));
    assertThat(kit.threads.count("plugin")).isEqualTo(1);
  }

  @Test
  void anEndDuringTheEndIsNotRestarted() {
    kit.run("high", 900);
    kit.group.end(new ShutdownRequested("test"));
    kit.fails("plugin", new IOException("x"));
    assertThat(kit.state("plugin")).isEqualTo(State.ENDED);
    assertThat(kit.timers.pending()).as("the two timers that watch the stage above").isEqualTo(2);
  }

  @Test
  void departingBetweenTheRestartAndItsThreadStartsNothing() {
    kit.fails("plugin", new IOException("x"));
    kit.timers.advance(Duration.ofSeconds(1));
    assertThat(kit.depart("plugin")).isFalse();
    assertThat(kit.threads.of("plugin").begin()).isFalse();
    kit.returns("plugin");
    assertThat(kit.runs.get("plugin").settled).isCompleted();
    assertThat(kit.causes("plugin")).isEmpty();
  }
}
