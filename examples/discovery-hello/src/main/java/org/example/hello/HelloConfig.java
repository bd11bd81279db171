package org.example.hello;

import io.narthex.api.discovery.DiscoveryConfig;
import java.util.List;

/**
 * One hello_sd_configs section. A record, so that equal sections are equal and share one
 * discoverer.
 */
record HelloConfig(List<String> hosts, long port, long refreshMillis) implements DiscoveryConfig {
  HelloConfig {
    hosts = List.copyOf(hosts);
  }
}
