package io.narthex.api.config;

import java.util.Map;

/**
 * Where spans go.
 *
 * @param clientType {@code grpc} or {@code http}
 * @param compression {@code gzip} or empty
 * @param timeout milliseconds, 0 for the exporter's default
 */
public record TracingConfig(
    String clientType,
    String endpoint,
    double samplingFraction,
    boolean insecure,
    TlsConfig tls,
    Map<String, String> headers,
    String compression,
    long timeout) {

  public TracingConfig {
    headers = Map.copyOf(headers);
  }
}
