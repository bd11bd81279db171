package io.narthex.api.config;

import java.util.Map;

/**
 * One endpoint that samples are read from.
 *
 * @param remoteTimeout milliseconds
 * @param chunkedReadLimit bytes of the largest frame
 * @param name empty where it is to be derived
 * @param requiredMatchers label values that a selector must ask for
 */
public record RemoteReadConfig(
    String url,
    long remoteTimeout,
    long chunkedReadLimit,
    Map<String, String> headers,
    boolean readRecent,
    String name,
    HttpClientConfig http,
    Map<String, String> requiredMatchers,
    boolean filterExternalLabels) {

  public RemoteReadConfig {
    headers = Map.copyOf(headers);
    requiredMatchers = Map.copyOf(requiredMatchers);
  }
}
