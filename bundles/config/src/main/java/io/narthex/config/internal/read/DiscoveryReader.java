package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.discovery.DiscoveryConfig;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.model.GoQuote;
import io.narthex.model.LabelNames;
import io.narthex.model.NameValidation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the discovery sections among the keys of a job or an Alertmanager. */
final class DiscoveryReader {

  private static final String SUFFIX = "_sd_configs";
  private static final String STATIC = "static_configs";

  private final DiscoveryKinds kinds;

  DiscoveryReader(DiscoveryKinds kinds) {
    this.kinds = kinds;
  }

  /**
   * The sections by kind, static ones last.
   *
   * @param relabelled whether rules may still change an address that is no host name
   */
  List<DiscoverySection> read(ConfigNode.Fields fields, boolean relabelled)
      throws ConfigurationException {
    List<DiscoverySection> sections = new ArrayList<>();
    List<String> names = new ArrayList<>(fields.names());
    names.sort(null);
    for (String name : names) {
      if (!name.endsWith(SUFFIX)) {
        continue;
      }
      String kind = name.substring(0, name.length() - SUFFIX.length());
      DiscoveryProvider provider = kinds.provider(kind);
      if (provider == null && !kinds.mayWait(kind)) {
        continue;
      }
      ConfigNode list = fields.find(name);
      if (list != null) {
        readKind(list, kind, provider, sections);
      }
    }
    ConfigNode node = fields.find(STATIC);
    if (node != null && !node.isNull()) {
      checkStatic(node, relabelled);
      DiscoveryProvider provider = kinds.provider("static");
      if (provider != null) {
        parse(provider, node);
      }
      sections.add(new DiscoverySection("static", node));
    }
    return sections;
  }

  private static void readKind(
      ConfigNode list,
      String kind,
      @Nullable DiscoveryProvider provider,
      List<DiscoverySection> sections)
      throws ConfigurationException {
    for (ConfigNode node : list.list()) {
      if (node.isNull()) {
        throw node.error("empty or null section in " + kind + SUFFIX);
      }
      if (provider != null) {
        parse(provider, node);
      } else {
        // Its provider will read it; here it must only be a map.
        node.fields("map[string]interface {}");
      }
      sections.add(new DiscoverySection(kind, node));
    }
  }

  private static void parse(DiscoveryProvider provider, ConfigNode node)
      throws ConfigurationException {
    try {
      DiscoveryConfig unused = provider.parse(node);
    } catch (RuntimeException e) {
      ConfigurationException failure =
          node.error("the provider " + provider.kind() + " failed: " + e);
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static void checkStatic(ConfigNode groups, boolean relabelled)
      throws ConfigurationException {
    for (ConfigNode group : groups.list()) {
      if (group.isNull()) {
        throw group.error("empty or null section in " + STATIC);
      }
      ConfigNode.Fields f = group.fields("struct");
      ConfigNode targets = f.find("targets");
      if (targets != null) {
        for (ConfigNode target : targets.list()) {
          if (target.text().indexOf('/') >= 0 && !relabelled) {
            throw target.error(GoQuote.quote(target.text()) + " is not a valid hostname");
          }
        }
      }
      ConfigNode labels = f.find("labels");
      if (labels != null) {
        for (String name : labels.textMap().keySet()) {
          if (!LabelNames.isValidLabelName(name, NameValidation.UTF8)) {
            throw labels.error(GoQuote.quote(name) + " is not a valid label name");
          }
        }
      }
      f.end();
    }
  }
}
