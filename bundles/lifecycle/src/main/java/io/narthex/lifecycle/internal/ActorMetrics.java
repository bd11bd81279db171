package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.RunGroup.ActorStatus;
import io.narthex.api.lifecycle.RunGroup.State;
import io.narthex.api.telemetry.Metrics;
import java.util.List;
import java.util.function.Supplier;

/** The run group's metrics: which actors run, and how often they were started again. */
final class ActorMetrics implements AutoCloseable {
  private final Metrics metrics;
  private final Metrics.Registration running;
  private final Metrics.Registration restarts;

  ActorMetrics(Metrics metrics, Supplier<List<ActorStatus>> actors) {
    this.metrics = metrics;
    running =
        metrics.collect(
            "narthex_actor_running",
            "Whether the actor is running.",
            false,
            List.of("actor"),
            sink ->
                actors.get().forEach(a -> sink.add(a.state() == State.RUNNING ? 1 : 0, a.name())));
    restarts =
        metrics.collect(
            "narthex_actor_restarts_total",
            "How often the actor was started again after it had ended.",
            true,
            List.of("actor"),
            sink -> actors.get().forEach(a -> sink.add(a.restarts(), a.name())));
  }

  boolean isOf(Metrics other) {
    return metrics.equals(other);
  }

  @Override
  public void close() {
    running.close();
    restarts.close();
  }
}
