package io.narthex.config.internal;

import io.narthex.api.discovery.DiscoveryProvider;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Tells the configuration of discovery providers, which read their sections at load. */
@Component(immediate = true, service = ProviderWhiteboard.class)
public final class ProviderWhiteboard {

  private final Providers providers;

  @Activate
  public ProviderWhiteboard(@Reference ConfigurationComponent owner) {
    providers = owner.providers();
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addProvider(DiscoveryProvider provider) {
    providers.add(provider);
  }

  void removeProvider(DiscoveryProvider provider) {
    providers.remove(provider);
  }
}
