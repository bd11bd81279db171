package io.narthex.api.config;

import io.narthex.model.relabel.RelabelRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One set of Alertmanagers. Its name is {@code config-} and its place in the list.
 *
 * @param timeout milliseconds
 * @param relabelRules of the Alertmanagers as targets
 * @param alertRelabelRules of the alerts that this set gets
 */
public record AlertmanagerConfig(
    HttpClientConfig http,
    @Nullable SigV4Config sigv4,
    String scheme,
    String pathPrefix,
    long timeout,
    String apiVersion,
    List<DiscoverySection> discovery,
    List<RelabelRule> relabelRules,
    List<RelabelRule> alertRelabelRules) {

  public AlertmanagerConfig {
    discovery = List.copyOf(discovery);
    relabelRules = List.copyOf(relabelRules);
    alertRelabelRules = List.copyOf(alertRelabelRules);
  }
}
