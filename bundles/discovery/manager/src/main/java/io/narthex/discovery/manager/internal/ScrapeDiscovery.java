package io.narthex.discovery.manager.internal;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.config.ScrapeConfig;
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
import org.osgi.service.metatype.annotations.Designate;

/** Finds the targets of all scrape jobs. */
@Component(
    reference = @Reference(name = "runGroup", service = RunGroup.class),
    configurationPid = "io.narthex.discovery",
    service = {Actor.class, Reconfigurable.class, ScrapeDiscovery.class},
    property = {
      Actor.NAME + "=scrape discovery manager",
      Actor.STAGE + ":Integer=" + Stage.DISCOVERY,
      Reconfigurable.ORDER + ":Integer=600"
    })
@Designate(ocd = DiscoverySettings.class)
public final class ScrapeDiscovery extends DiscoveryActor {

  /**
   * @param http makes the component come and go with the clients that discoverers use
   */
  @Activate
  public ScrapeDiscovery(
      @Reference Metrics registry, @Reference HttpClients http, DiscoverySettings settings) {
    super("scrape", registry, settings);
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
    for (ScrapeConfig job : configuration.scrapeConfigs()) {
      sets.put(job.jobName(), job.discovery());
    }
    return sets;
  }
}
