package io.narthex.web.server.internal;

import io.narthex.api.config.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** The fields of one mapping, read strictly: every key must be asked for. */
final class YamlFields {

  private final String file;
  private final String type;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new LinkedHashMap<>();

  /**
   * @param type how errors call the mapping
   */
  YamlFields(String file, String type, @Nullable Node node) throws ConfigurationException {
    this.file = file;
    this.type = type;
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(node instanceof MappingNode mapping)) {
      throw error(node, "cannot unmarshal into " + type);
    }
    for (NodeTuple tuple : mapping.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw error(tuple.getKeyNode(), "keys of " + type + " must be text");
      }
      if (values.put(key.getValue(), tuple.getValueNode()) != null) {
        throw error(key, "key \"" + key.getValue() + "\" already set in map");
      }
      lines.put(key.getValue(), key.getStartMark().getLine() + 1);
    }
  }

  ConfigurationException error(Node node, String message) {
    int line = node.getStartMark().getLine() + 1;
    return new ConfigurationException(file + ": yaml: line " + line + ": " + message);
  }

  ConfigurationException error(String message) {
    return new ConfigurationException(file + ": " + message);
  }

  YamlFields mapping(String key, String mappingType) throws ConfigurationException {
    return new YamlFields(file, mappingType, values.remove(key));
  }

  String text(String key) throws ConfigurationException {
    Node node = values.remove(key);
    return node == null || node.getTag().equals(Tag.NULL) ? "" : scalar(node);
  }

  boolean bool(String key, boolean otherwise) throws ConfigurationException {
    Node node = values.remove(key);
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return otherwise;
    }
    if (!node.getTag().equals(Tag.BOOL)) {
      throw error(node, "cannot unmarshal into bool");
    }
    return switch (scalar(node)) {
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> true;
      default -> false;
    };
  }

  List<String> texts(String key) throws ConfigurationException {
    Node node = values.remove(key);
    if (node == null || node.getTag().equals(Tag.NULL)) {
      return List.of();
    }
    if (!(node instanceof SequenceNode sequence)) {
      throw error(node, "cannot unmarshal into []string");
    }
    List<String> texts = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      texts.add(scalar(element));
    }
    return texts;
  }

  /** All that is left as text. */
  Map<String, String> rest() throws ConfigurationException {
    Map<String, String> rest = new LinkedHashMap<>();
    for (Map.Entry<String, Node> e : values.entrySet()) {
      rest.put(e.getKey(), scalar(e.getValue()));
    }
    values.clear();
    return rest;
  }

  private String scalar(Node node) throws ConfigurationException {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error(node, "cannot unmarshal into string");
  }

  /** Refuses keys that nobody asked for. */
  void end() throws ConfigurationException {
    for (String key : values.keySet()) {
      throw new ConfigurationException(
          file
              + ": yaml: unmarshal errors:\n  line "
              + lines.get(key)
              + ": field "
              + key
              + " not found in type "
              + type);
    }
  }
}
