package io.narthex.discovery.http.internal;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.discovery.DiscoveryConfig;
import java.net.URI;

/**
 * One {@code http_sd_configs} section.
 *
 * @param refreshInterval milliseconds between two requests, and the longest that one may take
 */
record HttpConfig(URI url, long refreshInterval, HttpClientConfig http) implements DiscoveryConfig {

  static final long DEFAULT_REFRESH = 60_000;
}
