package io.narthex.discovery.fixed.internal;

import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.TargetGroup;
import java.util.List;

/** The groups of one {@code static_configs} list; their sources are {@code 0}, {@code 1} … */
record StaticConfig(List<TargetGroup> groups) implements DiscoveryConfig {
  StaticConfig {
    groups = List.copyOf(groups);
  }
}
