package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Secret;
import io.narthex.model.ByteSize;
import io.narthex.model.PromDuration;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A node of a YAML document; a missing document is a null node. */
final class YamlNode implements ConfigNode {

  private final YamlSource source;
  private final @Nullable Node node;
  private final @Nullable YamlNode parent;
  private final String key;

  YamlNode(YamlSource source, @Nullable Node node, @Nullable YamlNode parent, String key) {
    this.source = source;
    this.node = node;
    this.parent = parent;
    this.key = key;
  }

  YamlSource source() {
    return source;
  }

  @Override
  public String file() {
    return source.file();
  }

  @Override
  public int line() {
    return node == null ? 1 : YamlLoader.line(node);
  }

  @Override
  public int column() {
    return node == null ? 1 : node.getStartMark().getColumn() + 1;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Path directory() {
    return source.directory();
  }

  @Override
  public boolean isNull() {
    return node == null
        || (node instanceof ScalarNode s && ScalarValue.of(s) instanceof ScalarValue.Null);
  }

  @Override
  public Fields fields(String type) throws ConfigurationException {
    if (isNull()) {
      return new YamlFields(this, type, Map.of());
    }
    return new YamlFields(this, type, entries(type));
  }

  /** The keys with their nodes; merged maps are added behind, without what is set already. */
  private Map<String, YamlNode> entries(String type) throws ConfigurationException {
    if (!(node instanceof MappingNode map)) {
      throw mismatch(type);
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    List<Node> merges = new ArrayList<>();
    for (NodeTuple t : map.getValue()) {
      if (!(t.getKeyNode() instanceof ScalarNode k)) {
        throw source.error("yaml: line " + YamlLoader.line(t.getKeyNode()) + ": invalid map key");
      }
      if (k.getTag().equals(YamlLoader.PLAIN) && k.getValue().equals("<<")) {
        merges.add(t.getValueNode());
        continue;
      }
      String name = ScalarValue.of(source, k).text();
      if (entries.put(name, new YamlNode(source, t.getValueNode(), this, name)) != null) {
        String problem =
            type.startsWith("map[")
                ? "key " + io.narthex.model.GoQuote.quote(name) + " already set in map"
                : "field " + name + " already set in type " + type;
        throw source.unmarshalError(YamlLoader.line(k), problem);
      }
    }
    for (Node m : merges) {
      merge(m, entries, type);
    }
    return entries;
  }

  private void merge(Node merged, Map<String, YamlNode> into, String type)
      throws ConfigurationException {
    if (merged instanceof MappingNode) {
      for (Map.Entry<String, YamlNode> e :
          new YamlNode(source, merged, this, "<<").entries(type).entrySet()) {
        into.putIfAbsent(e.getKey(), e.getValue());
      }
      return;
    }
    if (merged instanceof SequenceNode list) {
      for (Node n : list.getValue()) {
        if (!(n instanceof MappingNode)) {
          throw source.error(
              "yaml: line " + YamlLoader.line(n) + ": map merge requires map or sequence of maps");
        }
        merge(n, into, type);
      }
      return;
    }
    throw source.error(
        "yaml: line " + YamlLoader.line(merged) + ": map merge requires map or sequence of maps");
  }

  @Override
  public List<ConfigNode> list() throws ConfigurationException {
    if (isNull()) {
      return List.of();
    }
    if (!(node instanceof SequenceNode list)) {
      throw mismatch("list");
    }
    List<ConfigNode> elements = new ArrayList<>(list.getValue().size());
    for (Node n : list.getValue()) {
      elements.add(new YamlNode(source, n, this, "[" + elements.size() + "]"));
    }
    return elements;
  }

  @Override
  public Map<String, String> textMap() throws ConfigurationException {
    Map<String, String> map = new LinkedHashMap<>();
    if (!isNull()) {
      for (Map.Entry<String, YamlNode> e : entries("map[string]string").entrySet()) {
        map.put(e.getKey(), e.getValue().text());
      }
    }
    return map;
  }

  private ScalarValue scalar(String type) throws ConfigurationException {
    if (node == null) {
      return ScalarValue.NULL;
    }
    if (!(node instanceof ScalarNode s)) {
      throw mismatch(type);
    }
    return ScalarValue.of(source, s);
  }

  @Override
  public String text() throws ConfigurationException {
    return scalar("string").text();
  }

  @Override
  public boolean bool() throws ConfigurationException {
    return switch (scalar("bool")) {
      case ScalarValue.Null n -> false;
      case ScalarValue.Bool b -> b.value();
      case ScalarValue.Num n -> throw mismatch("bool");
      case ScalarValue.Text t -> throw mismatch("bool");
    };
  }

  @Override
  public long unsigned() throws ConfigurationException {
    long value = whole("uint");
    if (value < 0) {
      throw mismatch("uint");
    }
    return value;
  }

  @Override
  public long integer() throws ConfigurationException {
    return whole("int");
  }

  private long whole(String type) throws ConfigurationException {
    return switch (scalar(type)) {
      case ScalarValue.Null n -> 0;
      case ScalarValue.Num n when n.value() instanceof Long l -> l;
      case ScalarValue.Num n when Math.abs(n.value().doubleValue()) < 0x1p63 ->
          n.value().longValue();
      case ScalarValue.Num n -> throw mismatch(type);
      case ScalarValue.Bool b -> throw mismatch(type);
      case ScalarValue.Text t -> throw mismatch(type);
    };
  }

  @Override
  public double number() throws ConfigurationException {
    return switch (scalar("float64")) {
      case ScalarValue.Null n -> 0;
      case ScalarValue.Num n -> n.value().doubleValue();
      case ScalarValue.Bool b -> throw mismatch("float64");
      case ScalarValue.Text t -> throw mismatch("float64");
    };
  }

  @Override
  public long duration() throws ConfigurationException {
    if (isNull()) {
      return 0;
    }
    try {
      return PromDuration.parse(text());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public long bytes() throws ConfigurationException {
    if (isNull()) {
      return 0;
    }
    try {
      return ByteSize.parse(text());
    } catch (IllegalArgumentException e) {
      throw error(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public String path() throws ConfigurationException {
    String path = text();
    if (path.isEmpty() || path.startsWith("/")) {
      return path;
    }
    String directory = source.directory().toString();
    return directory.isEmpty() ? path : GoPath.join(directory, path);
  }

  @Override
  public Secret secret() throws ConfigurationException {
    String text = text();
    return text.isEmpty() ? Secret.NONE : new Secret(text);
  }

  @Override
  public List<String> texts() throws ConfigurationException {
    if (node != null && !isNull() && !(node instanceof SequenceNode)) {
      throw mismatch("[]string");
    }
    List<String> texts = new ArrayList<>();
    for (ConfigNode n : list()) {
      texts.add(n.text());
    }
    return texts;
  }

  @Override
  public ConfigurationException error(String message) {
    String path = pathOfKeys();
    return source.error(message + " (line " + line() + (path.isEmpty() ? "" : ", " + path) + ")");
  }

  private String pathOfKeys() {
    List<String> keys = new ArrayList<>();
    for (YamlNode n = this; n != null && !n.key.isEmpty(); n = n.parent) {
      keys.add(n.key);
    }
    StringBuilder path = new StringBuilder();
    for (String k : keys.reversed()) {
      if (!path.isEmpty() && !k.startsWith("[")) {
        path.append('.');
      }
      path.append(k);
    }
    return path.toString();
  }

  /** That this node cannot be read as {@code type}, in the reference's words. */
  private ConfigurationException mismatch(String type) {
    String what =
        switch (node) {
          case null -> "!!null";
          case MappingNode m -> "!!map";
          case SequenceNode s -> "!!seq";
          case ScalarNode s -> ScalarValue.of(s).tag() + " `" + shorten(s.getValue()) + "`";
          default -> node.getTag().getValue();
        };
    return source.unmarshalError(line(), "cannot unmarshal " + what + " into " + type);
  }

  private static String shorten(String value) {
    return value.length() > 10 ? value.substring(0, 7) + "..." : value;
  }

  @Override
  public @Nullable Object data() {
    return switch (node) {
      case null -> null;
      case MappingNode m -> mapData(m);
      case SequenceNode s -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (Node n : s.getValue()) {
          list.add(new YamlNode(source, n, this, "[]").data());
        }
        yield list;
      }
      case ScalarNode s -> ScalarValue.of(s).data();
      default -> null;
    };
  }

  private Map<String, @Nullable Object> mapData(MappingNode map) {
    Map<String, @Nullable Object> data = new LinkedHashMap<>();
    try {
      for (Map.Entry<String, YamlNode> e : entries("map[string]interface {}").entrySet()) {
        data.put(e.getKey(), e.getValue().data());
      }
    } catch (ConfigurationException e) {
      throw new IllegalStateException("node of an invalid map at line " + YamlLoader.line(map), e);
    }
    return data;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof YamlNode n && Objects.equals(data(), n.data()) && sameFolder(n);
  }

  /** Relative paths in equal text mean something else in another folder. */
  private boolean sameFolder(YamlNode n) {
    return source.directory().equals(n.source.directory());
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(data());
  }

  /** The position only: data may be secret. */
  @Override
  public String toString() {
    return source.file() + ":" + line() + ":" + column();
  }
}
