package io.narthex.discovery.file.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.model.GoQuote;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reads {@code file_sd_configs}. */
@Component
public final class FileProvider implements DiscoveryProvider {

  @Override
  public String kind() {
    return "file";
  }

  @Override
  public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
    ConfigNode.Fields fields = section.fields("file.plain");
    List<String> files = new ArrayList<>();
    ConfigNode list = fields.find("files");
    if (list != null) {
      for (ConfigNode file : list.list()) {
        if (!new FilePattern(file.text()).isValid() || file.text().indexOf('\0') >= 0) {
          throw file.error(
              "path name " + GoQuote.quote(file.text()) + " is not valid for file discovery");
        }
        files.add(file.path());
      }
    }
    long refresh = fields.duration("refresh_interval", FileConfig.DEFAULT_REFRESH);
    fields.end();
    if (files.isEmpty()) {
      throw section.error("file service discovery config must contain at least one path name");
    }
    if (refresh <= 0) {
      throw section.error("refresh_interval must be greater than 0");
    }
    return new FileConfig(files, refresh);
  }

  @Override
  public Discoverer create(DiscoveryConfig config, DiscoveryContext context) {
    return new FileDiscoverer((FileConfig) config, context);
  }
}
