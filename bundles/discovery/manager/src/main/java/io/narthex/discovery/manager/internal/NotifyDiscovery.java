package io.narthex.discovery.manager.internal;

import io.narthex.api.config.AlertmanagerConfig;
import io.narthex.api.config.Configuration;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.http.HttpClients;
import io.narthex.api.lifecycle.Actor;
import io.narthex.api.lifecycle.RunGroup;
import io.narthex.api.lifecycle.Stage;
import io.narthex.api.telemetry.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Finds the Alertmanagers of all sets. */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    configurationPid = "io.narthex.discovery",
    service = {Actor.class, Reconfigurable.class, NotifyDiscovery.class},
    property = {
      Actor.NAME + "=notify discovery manager",
      Actor.STAGE + ":Integer=" + Stage.DISCOVERY,
      Reconfigurable.ORDER + ":Integer=800"
    })
public final class NotifyDiscovery extends DiscoveryActor {

  /**
   * @param http makes the component come and go with the clients that discoverers use
   */
  @Activate
  public NotifyDiscovery(
      @Reference Metrics registry, @Reference HttpClients http, DiscoverySettings settings) {
    super("notify", registry, settings);
  }

  @Reference(
      service = DiscoveryProvider.class,
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC)
  void addProvider(ServiceReference<DiscoveryProvider> reference, DiscoveryProvider provider) {
    arrived(reference, provider);
  }

  void removeProvider(DiscoveryProvider provider) {
    departed(provider);
  }

  @Deactivate
  void deactivate() {
    close();
  }

  @Override
  Map<String, List<DiscoverySection>> sets(Configuration configuration) {
    Map<String, List<DiscoverySection>> sets = new LinkedHashMap<>();
    for (AlertmanagerConfig set : configuration.alerting().alertmanagers()) {
      sets.put("config-" + sets.size(), set.discovery());
    }
    return sets;
  }
}
