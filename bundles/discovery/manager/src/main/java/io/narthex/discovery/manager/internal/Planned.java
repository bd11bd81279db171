package io.narthex.discovery.manager.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.discovery.DiscoveryConfig;
import org.jspecify.annotations.Nullable;

/**
 * One section of one set, as far as it could be read.
 *
 * @param config null while there is no provider for the kind
 * @param provider that read it, null if there is none
 */
record Planned(
    String set,
    String kind,
    ConfigNode node,
    @Nullable DiscoveryConfig config,
    @Nullable Provider provider) {

  Key key() {
    return new Key(kind, config == null ? node : config);
  }
}
