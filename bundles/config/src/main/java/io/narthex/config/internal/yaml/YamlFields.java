package io.narthex.config.internal.yaml;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.config.internal.http.HttpClientReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of one map, and which of them somebody has asked for. */
final class YamlFields implements ConfigNode.Fields {

  /** More unknown keys are not named. */
  private static final int MAX_NAMED = 20;

  private final YamlNode owner;
  private final String type;
  private final Map<String, YamlNode> entries;
  private final Set<String> known = new HashSet<>();

  YamlFields(YamlNode owner, String type, Map<String, YamlNode> entries) {
    this.owner = owner;
    this.type = type;
    this.entries = entries;
  }

  @Override
  public @Nullable ConfigNode find(String key) {
    known.add(key);
    return entries.get(key);
  }

  @Override
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  @Override
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public HttpClientConfig httpClient(HttpClientConfig defaults) throws ConfigurationException {
    return HttpClientReader.read(owner, this, defaults);
  }

  @Override
  public void end() throws ConfigurationException {
    StringBuilder unknown = new StringBuilder();
    int line = 0;
    int named = 0;
    for (Map.Entry<String, YamlNode> e : entries.entrySet()) {
      if (known.contains(e.getKey())) {
        continue;
      }
      if (++named > MAX_NAMED) {
        unknown.append("\n  and more");
        break;
      }
      if (unknown.isEmpty()) {
        line = e.getValue().line();
      } else {
        unknown.append("\n  line ").append(e.getValue().line()).append(": ");
      }
      unknown.append("field ").append(e.getKey()).append(" not found in type ").append(type);
    }
    if (!unknown.isEmpty()) {
      throw owner.source().unmarshalError(line, unknown.toString());
    }
  }
}
