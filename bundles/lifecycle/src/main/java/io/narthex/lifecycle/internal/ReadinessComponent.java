package io.narthex.lifecycle.internal;

import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * The server's readiness, from the services that are there.
 *
 * <p>It counts storages, configurations and query engines without getting them: who only looks must
 * not be the one who makes them start.
 */
@Component(immediate = true, service = Readiness.class)
public final class ReadinessComponent implements Readiness {
  private final Group group;
  private final AtomicInteger storages = new AtomicInteger();
  private final AtomicInteger configurations = new AtomicInteger();
  private final AtomicInteger engines = new AtomicInteger();
  private Metrics.@Nullable Registration ready;
  private @Nullable Metrics readyIn;

  @Activate
  public ReadinessComponent(@Reference RunGroupComponent owner) {
    group = owner.group();
  }

  ReadinessComponent(Group group) {
    this.group = group;
  }

  @Override
  public State state() {
    if (group.isEnding()) {
      return State.STOPPING;
    }
    boolean ready = storages.get() > 0 && configurations.get() > 0 && engines.get() > 0;
    return ready ? State.READY : State.NOT_READY;
  }

  @Reference(
      service = Storage.class,
      target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindStorage(Map<String, Object> properties) {
    storages.incrementAndGet();
  }

  void unbindStorage(Map<String, Object> properties) {
    storages.decrementAndGet();
  }

  @Reference(
      service = EffectiveConfiguration.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindConfiguration(Map<String, Object> properties) {
    configurations.incrementAndGet();
  }

  void unbindConfiguration(Map<String, Object> properties) {
    configurations.decrementAndGet();
  }

  @Reference(
      service = QueryEngine.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void bindEngine(Map<String, Object> properties) {
    engines.incrementAndGet();
  }

  void unbindEngine(Map<String, Object> properties) {
    engines.decrementAndGet();
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  synchronized void bindMetrics(Metrics metrics) {
    closeMetric();
    readyIn = metrics;
    ready =
        metrics.gauge(
            "prometheus_ready",
            "Whether Prometheus startup was fully completed and the server is ready for normal"
                + " operation.",
            () -> state() == State.READY ? 1 : 0);
  }

  synchronized void unbindMetrics(Metrics metrics) {
    if (metrics.equals(readyIn)) {
      closeMetric();
    }
  }

  @Deactivate
  synchronized void closeMetric() {
    if (ready != null) {
      ready.close();
      ready = null;
      readyIn = null;
    }
  }
}
