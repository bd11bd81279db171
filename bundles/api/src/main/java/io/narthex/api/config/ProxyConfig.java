package io.narthex.api.config;

import java.util.List;
import java.util.Map;

/**
 * Through which proxy requests go.
 *
 * @param url http, https or socks5 URL; empty for none
 * @param noProxy comma-separated hosts, domains, networks that are reached directly
 * @param fromEnvironment whether HTTP_PROXY, HTTPS_PROXY and NO_PROXY decide instead
 */
public record ProxyConfig(
    String url, String noProxy, boolean fromEnvironment, Map<String, List<Secret>> connectHeader) {

  public static final ProxyConfig NONE = new ProxyConfig("", "", false, Map.of());

  public ProxyConfig {
    connectHeader = Map.copyOf(connectHeader);
  }
}
