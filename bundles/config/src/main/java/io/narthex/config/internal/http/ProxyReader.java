package io.narthex.config.internal.http;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the proxy fields that stand among other keys. */
final class ProxyReader {

  private ProxyReader() {}

  static ProxyConfig read(ConfigNode owner, ConfigNode.Fields f) throws ConfigurationException {
    Map<String, List<Secret>> connect = new LinkedHashMap<>();
    ConfigNode headers = f.find("proxy_connect_header");
    if (headers != null) {
      ConfigNode.Fields names = headers.fields("map[string][]config.Secret");
      for (String name : names.names()) {
        connect.put(name, HttpClientReader.secrets(names.find(name)));
      }
    }
    ConfigNode urlNode = f.find("proxy_url");
    String url = urlNode == null ? "" : Urls.text(urlNode);
    ProxyConfig proxy =
        new ProxyConfig(
            url, f.text("no_proxy", ""), f.bool("proxy_from_environment", false), connect);
    check(owner, proxy);
    return proxy;
  }

  private static void check(ConfigNode owner, ProxyConfig p) throws ConfigurationException {
    if (!p.connectHeader().isEmpty() && !p.fromEnvironment() && p.url().isEmpty()) {
      throw owner.error(
          "if proxy_connect_header is configured, proxy_url or proxy_from_environment must also be"
              + " configured");
    }
    if (p.fromEnvironment() && !p.url().isEmpty()) {
      throw owner.error(
          "if proxy_from_environment is configured, proxy_url must not be configured");
    }
    if (p.fromEnvironment() && !p.noProxy().isEmpty()) {
      throw owner.error("if proxy_from_environment is configured, no_proxy must not be configured");
    }
    if (p.url().isEmpty() && !p.noProxy().isEmpty()) {
      throw owner.error("if no_proxy is configured, proxy_url must also be configured");
    }
  }
}
