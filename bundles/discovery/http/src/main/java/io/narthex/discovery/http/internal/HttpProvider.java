package io.narthex.discovery.http.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.osgi.service.component.annotations.Component;

/** Reads {@code http_sd_configs}. */
@Component
public final class HttpProvider implements DiscoveryProvider {

  @Override
  public String kind() {
    return "http";
  }

  @Override
  public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
    ConfigNode.Fields fields = section.fields("http.plain");
    String url = fields.text("url", "");
    long refresh = fields.duration("refresh_interval", HttpConfig.DEFAULT_REFRESH);
    HttpClientConfig http = fields.httpClient(HttpClientConfig.DEFAULT);
    fields.end();
    if (refresh <= 0) {
      throw section.error("refresh_interval must be greater than 0");
    }
    return new HttpConfig(url(section, url), refresh, http);
  }

  private static URI url(ConfigNode section, String text) throws ConfigurationException {
    if (text.isEmpty()) {
      throw section.error("URL is missing");
    }
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw section.error("parse " + text + ": " + e.getReason());
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw section.error("URL scheme must be 'http' or 'https'");
    }
    // Not the host: one with an underscore, which is no host to URI, is one to the client.
    String authority = url.getRawAuthority();
    if (authority == null || authority.endsWith("@")) {
      throw section.error("host is missing in URL");
    }
    return url;
  }

  @Override
  public Discoverer create(DiscoveryConfig config, DiscoveryContext context) {
    return new HttpDiscoverer((HttpConfig) config, context);
  }
}
