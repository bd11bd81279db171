package io.narthex.config.internal.write;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.DiscoverySection;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.config.internal.yaml.GoPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts discovery sections among other keys. The kinds that belong to the server are written with
 * their defaults; others as they were written, with their secrets known by their names, as their
 * fields are their provider's affair.
 */
final class DiscoveryTree {

  private DiscoveryTree() {}

  static void put(Tree tree, List<DiscoverySection> sections) {
    Map<String, List<Object>> byKey = new TreeMap<>();
    for (DiscoverySection s : sections) {
      try {
        if (s.kind().equals("static")) {
          byKey.put("static_configs", groups(s.node()));
        } else {
          byKey
              .computeIfAbsent(s.kind() + "_sd_configs", k -> new ArrayList<>())
              .add(section(tree, s));
        }
      } catch (ConfigurationException e) {
        throw new IllegalStateException("section that was read before", e);
      }
    }
    byKey.forEach(tree::list);
  }

  private static List<Object> groups(ConfigNode list) throws ConfigurationException {
    List<Object> groups = new ArrayList<>();
    for (ConfigNode n : list.list()) {
      ConfigNode.Fields f = n.fields("struct");
      Tree group = new Tree(true);
      group.always("targets", f.texts("targets"));
      ConfigNode labels = f.find("labels");
      group.sorted("labels", labels == null ? Map.of() : labels.textMap());
      groups.add(group.map());
    }
    return groups;
  }

  private static Object section(Tree parent, DiscoverySection s) throws ConfigurationException {
    Tree t = parent.child();
    ConfigNode.Fields f = s.node().fields("map[string]interface {}");
    switch (s.kind()) {
      case "file" -> {
        List<String> files = new ArrayList<>();
        ConfigNode list = f.find("files");
        for (ConfigNode n : list == null ? List.<ConfigNode>of() : list.list()) {
          files.add(n.path());
        }
        return t.always("files", files)
            .duration("refresh_interval", f.duration("refresh_interval", 300_000))
            .map();
      }
      case "http" -> {
        HttpTree.put(t, f.httpClient(HttpClientConfig.DEFAULT));
        return t.duration("refresh_interval", f.duration("refresh_interval", 60_000))
            .always("url", f.text("url", ""))
            .map();
      }
      case "dns" -> {
        return t.always("names", f.texts("names"))
            .duration("refresh_interval", f.duration("refresh_interval", 30_000))
            .always("type", f.text("type", "SRV"))
            .number("port", f.unsigned("port", 0))
            .map();
      }
      default -> {
        return asWritten(parent.isRedacted(), s.node().directory(), s.node().data());
      }
    }
  }

  private static Object asWritten(boolean redacted, Path folder, @Nullable Object data) {
    Object copy = copy(redacted, folder, "", data);
    return copy == null ? Map.of() : copy;
  }

  private static @Nullable Object copy(
      boolean redacted, Path folder, String key, @Nullable Object data) {
    return switch (data) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        for (Map.Entry<?, ?> e : map.entrySet()) {
          String name = String.valueOf(e.getKey());
          out.put(name, copy(redacted, folder, name, e.getValue()));
        }
        yield out;
      }
      case List<?> list -> {
        List<@Nullable Object> out = new ArrayList<>();
        for (Object o : list) {
          out.add(copy(redacted, folder, key, o));
        }
        yield out;
      }
      case String s when redacted && SecretNames.isSecret(key) && !s.isEmpty() -> "<secret>";
      case Long l when redacted && SecretNames.isSecret(key) -> "<secret>";
      case String s when key.endsWith("_file") && isRelative(s) ->
          GoPath.join(folder.toString(), s);
      case null -> null;
      default -> data;
    };
  }

  private static boolean isRelative(String path) {
    return !path.isEmpty() && !path.startsWith("/");
  }
}
