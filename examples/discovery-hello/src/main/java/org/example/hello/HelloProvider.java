package org.example.hello;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reads {@code hello_sd_configs}. */
@Component
public final class HelloProvider implements DiscoveryProvider {

  @Override
  public String kind() {
    return "hello";
  }

  @Override
  public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
    ConfigNode.Fields fields = section.fields();
    List<String> hosts = fields.texts("hosts");
    long port = fields.unsigned("port", 80);
    long refresh = fields.duration("refresh_interval", 60_000);
    fields.end(); // an unknown key is an error
    if (hosts.isEmpty()) {
      throw section.error("hosts is missing");
    }
    return new HelloConfig(hosts, port, refresh);
  }

  @Override
  public Discoverer create(DiscoveryConfig config, DiscoveryContext context) {
    return new HelloDiscoverer((HelloConfig) config, context);
  }
}
