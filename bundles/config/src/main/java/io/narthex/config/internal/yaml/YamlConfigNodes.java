package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Makes nodes of YAML text. */
public final class YamlConfigNodes {

  private YamlConfigNodes() {}

  /** The document of a text that is no file; relative paths stay relative to the current folder. */
  public static ConfigNode parse(String text) throws ConfigurationException {
    return parse(YamlSource.named("text", Path.of("")), text);
  }

  /** As {@link #parse(String)}, with the folder that relative paths are joined with. */
  public static ConfigNode parse(String name, Path directory, String text)
      throws ConfigurationException {
    return parse(YamlSource.named(name, directory), text);
  }

  public static ConfigNode parse(YamlSource source, String text) throws ConfigurationException {
    return root(source, YamlLoader.load(source, text));
  }

  /** UTF-8, or UTF-16 with a byte order mark. */
  public static ConfigNode parse(YamlSource source, byte[] data) throws ConfigurationException {
    return root(source, YamlLoader.load(source, data));
  }

  private static ConfigNode root(YamlSource source, @Nullable Node node) {
    return new YamlNode(source, node, null, "");
  }
}
