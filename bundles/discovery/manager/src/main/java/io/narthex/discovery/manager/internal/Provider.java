package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.http.HttpClients;
import io.narthex.api.telemetry.Metrics;
import java.util.function.Supplier;

/**
 * An installed provider with what its discoverers use in the name of its own bundle. Each arrival
 * of a provider makes a new one; it equals itself only.
 */
final class Provider {

  private final DiscoveryProvider service;
  private final String kind;
  private final String bundle;
  private final Supplier<HttpClients> http;
  private final Supplier<Metrics> metrics;

  /**
   * @param bundle symbolic name and version
   */
  Provider(
      DiscoveryProvider service,
      String bundle,
      Supplier<HttpClients> http,
      Supplier<Metrics> metrics) {
    this.service = service;
    this.kind = service.kind();
    this.bundle = bundle;
    this.http = http;
    this.metrics = metrics;
  }

  DiscoveryProvider service() {
    return service;
  }

  String kind() {
    return kind;
  }

  String bundle() {
    return bundle;
  }

  Supplier<HttpClients> http() {
    return http;
  }

  Supplier<Metrics> metrics() {
    return metrics;
  }
}
