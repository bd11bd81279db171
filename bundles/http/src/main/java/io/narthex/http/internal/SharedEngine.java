package io.narthex.http.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.http.internal.net.DialMetrics;
import io.narthex.http.internal.net.Engine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Holds what the clients of all bundles share. */
@Component(service = SharedEngine.class)
public final class SharedEngine {
  private final Engine engine = new Engine();
  private final DialMetrics metrics;

  @Activate
  public SharedEngine(@Reference Metrics metrics) {
    this.metrics = new DialMetrics(metrics);
  }

  Engine engine() {
    return engine;
  }

  DialMetrics metrics() {
    return metrics;
  }

  @Deactivate
  void stop() {
    engine.close();
  }
}
