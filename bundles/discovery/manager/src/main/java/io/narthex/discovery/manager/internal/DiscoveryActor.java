package io.narthex.discovery.manager.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.osgi.framework.ServiceReference;

/** One of the server's discovery managers, as the run group and reloads see it. */
abstract class DiscoveryActor implements Actor, Reconfigurable {

  private final String name;
  private final DiscoveryMetrics metrics;
  private final DiscoveryManager manager;

  /**
   * @param name as the reference's metrics have it
   */
  DiscoveryActor(String name, Metrics registry, DiscoverySettings settings) {
    this.name = name;
    metrics = new DiscoveryMetrics(registry, name);
    manager =
        new DiscoveryManager(
            name,
            metrics,
            InstantSource.system(),
            System::nanoTime,
            Duration.ofMillis(settings.provider_grace()).toNanos(),
            settings.user_agent());
  }

  /** The sections of each set, by the set's name. */
  abstract Map<String, List<DiscoverySection>> sets(Configuration configuration);

  final void arrived(ServiceReference<DiscoveryProvider> reference, DiscoveryProvider provider) {
    manager.arrived(ProviderServices.of(reference, provider));
  }

  final void departed(DiscoveryProvider provider) {
    manager.departed(provider);
  }

  final void close() {
    manager.shutDown();
    metrics.close();
  }

  final DiscoveryManager manager() {
    return manager;
  }

  @Override
  public final void execute() throws InterruptedException {
    manager.keepTime();
    manager.shutDown();
  }

  @Override
  public final void interrupt(Throwable cause) {
    manager.halt();
  }

  @Override
  public final String reconfigurableName() {
    return name + "_sd";
  }

  @Override
  public final Prepared prepare(Configuration next) throws ConfigurationException {
    return manager.prepare(sets(next));
  }
}
