package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.Readiness.State;
import io.narthex.api.lifecycle.ShutdownRequested;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
  @Test
  void followsTheServices() {
    try (GroupTestKit kit = new GroupTestKit()) {
      ReadinessComponent readiness = new ReadinessComponent(kit.group);
      kit.run("web", 200);
      assertThat(readiness.state()).isEqualTo(State.NOT_READY);
      readiness.bindStorage(Map.of());
      assertThat(readiness.state()).isEqualTo(State.NOT_READY);
      readiness.bindConfiguration(Map.of());
      assertThat(readiness.state()).isEqualTo(State.NOT_READY);
      readiness.bindEngine(Map.of());
      assertThat(readiness.state()).isEqualTo(State.READY);
      readiness.bindStorage(Map.of());
      readiness.unbindStorage(Map.of());
      assertThat(readiness.state()).as("replaced").isEqualTo(State.READY);
      readiness.unbindStorage(Map.of());
      assertThat(readiness.state()).isEqualTo(State.NOT_READY);
      readiness.bindStorage(Map.of());
      kit.group.end(new ShutdownRequested("test"));
      assertThat(readiness.state()).isEqualTo(State.STOPPING);
      kit.returns("web");
      assertThat(readiness.state()).isEqualTo(State.STOPPING);
    }
  }
}
