package io.narthex.discovery.fixed.internal;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.model.Labels;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Reads {@code static_configs}, whose targets are found as soon as they are asked for. */
@Component
public final class StaticProvider implements DiscoveryProvider {

  private static final String ADDRESS = "__address__";

  @Override
  public String kind() {
    return "static";
  }

  /** Reads the whole list, for all groups of a job are one source of targets. */
  @Override
  public DiscoveryConfig parse(ConfigNode section) throws ConfigurationException {
    List<TargetGroup> groups = new ArrayList<>();
    for (ConfigNode node : section.list()) {
      groups.add(group(node, String.valueOf(groups.size())));
    }
    return new StaticConfig(groups);
  }

  private static TargetGroup group(ConfigNode node, String source) throws ConfigurationException {
    if (node.isNull()) {
      throw node.error("empty or null section in static_configs");
    }
    ConfigNode.Fields fields = node.fields("struct");
    List<Labels> targets = new ArrayList<>();
    for (String address : fields.texts("targets")) {
      targets.add(Labels.of(ADDRESS, address));
    }
    ConfigNode labels = fields.find("labels");
    fields.end();
    return new TargetGroup(
        source,
        targets,
        labels == null || labels.isNull() ? Labels.EMPTY : Labels.of(labels.textMap()));
  }

  @Override
  public Discoverer create(DiscoveryConfig config, DiscoveryContext context) {
    List<TargetGroup> groups = ((StaticConfig) config).groups();
    return sink -> sink.update(groups);
  }
}
