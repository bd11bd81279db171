package io.narthex.config.internal;

import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.config.internal.read.DiscoveryKinds;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The discovery providers that are installed; of two of one kind the older one counts. */
final class Providers {

  private static final Logger LOG = LoggerFactory.getLogger(Providers.class);

  private final Set<DiscoveryProvider> providers = new LinkedHashSet<>();

  synchronized void add(DiscoveryProvider provider) {
    providers.add(provider);
  }

  synchronized void remove(DiscoveryProvider provider) {
    providers.remove(provider);
  }

  synchronized DiscoveryKinds kinds() {
    Map<String, DiscoveryProvider> byKind = new HashMap<>();
    for (DiscoveryProvider p : providers) {
      try {
        byKind.putIfAbsent(p.kind(), p);
      } catch (RuntimeException e) {
        LOG.atError()
            .addKeyValue("provider", p.getClass().getName())
            .setCause(e)
            .log("Discovery provider does not tell its kind");
      }
    }
    return new DiscoveryKinds(byKind);
  }
}
