package io.narthex.config.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigNodes;
import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

/** Reads YAML for other bundles. */
@Component
public final class YamlNodesComponent implements ConfigNodes {

  @Override
  public ConfigNode parse(String name, Path directory, byte[] data) throws ConfigurationException {
    return YamlConfigNodes.parse(YamlSource.named(name, directory), data);
  }
}
