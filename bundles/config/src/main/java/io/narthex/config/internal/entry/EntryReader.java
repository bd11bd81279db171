package io.narthex.config.internal.entry;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.config.internal.write.FormTree;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.config.internal.yaml.YamlSource;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns the properties of an entry into a node: each property is the key of that name, {@code yaml}
 * holds the keys that have no property of their own.
 */
public final class EntryReader {

  private static final String YAML = "yaml";
  private static final String TARGETS = "targets";
  private static final String LABELS = "labels";
  private static final String EXTERNAL_LABELS = "external_labels";
  private static final String JOB_NAME = "job_name";
  private static final Set<String> SPECIAL = Set.of(YAML, TARGETS, LABELS, EXTERNAL_LABELS);

  private final String pid;
  private final Path directory;

  /**
   * @param directory that relative paths are joined with
   */
  public EntryReader(String pid, Path directory) {
    this.pid = pid;
    this.directory = directory;
  }

  /** A job; without a name of its own it takes what follows the tilde of its PID. */
  public ConfigNode scrapeJob(Map<String, ?> properties) throws ConfigurationException {
    FormTree form = form(properties);
    ConfigNode yaml = yaml(properties);
    Object name = properties.get(JOB_NAME);
    int tilde = pid.indexOf('~');
    boolean named = name != null && !name.equals("");
    if (!named && !yaml.fields().has(JOB_NAME) && tilde >= 0) {
      form.put(JOB_NAME, pid.substring(tilde + 1));
    }
    List<Object> targets = list(properties.get(TARGETS));
    Map<String, String> labels = labels(properties, LABELS);
    if (!targets.isEmpty()) {
      Map<String, Object> group = new LinkedHashMap<>();
      group.put(TARGETS, targets);
      group.put(LABELS, labels);
      form.putTree("static_configs", List.of(group));
    } else if (!labels.isEmpty()) {
      throw error("labels without targets");
    }
    return node(form, yaml);
  }

  /** Keys of the global section. */
  public ConfigNode global(Map<String, ?> properties) throws ConfigurationException {
    FormTree form = form(properties);
    Map<String, String> labels = labels(properties, EXTERNAL_LABELS);
    if (!labels.isEmpty()) {
      form.putTree(EXTERNAL_LABELS, labels);
    }
    for (String key : List.of(TARGETS, LABELS)) {
      if (!list(properties.get(key)).isEmpty()) {
        throw error("field " + key + " not found in type config.plain");
      }
    }
    return node(form, yaml(properties));
  }

  private static FormTree form(Map<String, ?> properties) {
    FormTree form = new FormTree();
    for (Map.Entry<String, ?> e : new TreeMap<>(properties).entrySet()) {
      if (!SPECIAL.contains(e.getKey()) && !isFrameworks(e.getKey())) {
        form.put(e.getKey(), e.getValue());
      }
    }
    return form;
  }

  /** Whether a property comes from the framework: names with dots are no keys of ours. */
  private static boolean isFrameworks(String key) {
    return key.indexOf('.') >= 0;
  }

  private ConfigNode node(FormTree form, ConfigNode yaml) throws ConfigurationException {
    return new EntryNode(
        YamlConfigNodes.parse(YamlSource.named(pid, directory), form.yaml()), yaml);
  }

  private ConfigNode yaml(Map<String, ?> properties) throws ConfigurationException {
    String text = Objects.toString(properties.get(YAML), "");
    return YamlConfigNodes.parse(YamlSource.named(pid + " (yaml)", directory), text);
  }

  private Map<String, String> labels(Map<String, ?> properties, String key)
      throws ConfigurationException {
    Map<String, String> labels = new TreeMap<>();
    for (Object o : list(properties.get(key))) {
      String text = o.toString();
      int equals = text.indexOf('=');
      if (equals < 0) {
        throw error(key + ": expected name=value, got " + text);
      }
      if (labels.put(text.substring(0, equals).strip(), text.substring(equals + 1)) != null) {
        throw error(key + ": a label twice: " + text);
      }
    }
    return labels;
  }

  private static List<Object> list(@Nullable Object value) {
    if (value == null || value.equals("")) {
      return List.of();
    }
    List<Object> list = FormTree.list(value);
    return (list == null ? List.of(value) : list).stream().filter(o -> !o.equals("")).toList();
  }

  private ConfigurationException error(String message) {
    return new ConfigurationException("parsing " + pid + ": " + message);
  }
}
