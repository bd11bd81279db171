package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.config.internal.http.HttpClientReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys of two maps, of which the upper one's win. */
public final class LayeredFields implements ConfigNode.Fields {

  private final ConfigNode owner;
  private final ConfigNode.Fields upper;
  private final ConfigNode.Fields lower;

  public LayeredFields(ConfigNode owner, ConfigNode.Fields upper, ConfigNode.Fields lower) {
    this.owner = owner;
    this.upper = upper;
    this.lower = lower;
  }

  @Override
  public @Nullable ConfigNode find(String key) {
    ConfigNode above = upper.find(key);
    ConfigNode below = lower.find(key);
    return above != null ? above : below;
  }

  @Override
  public boolean has(String key) {
    return upper.has(key) || lower.has(key);
  }

  @Override
  public List<String> names() {
    Set<String> names = new LinkedHashSet<>(lower.names());
    names.addAll(upper.names());
    return new ArrayList<>(names);
  }

  @Override
  public HttpClientConfig httpClient(HttpClientConfig defaults) throws ConfigurationException {
    return HttpClientReader.read(owner, this, defaults);
  }

  @Override
  public void end() throws ConfigurationException {
    lower.end();
    upper.end();
  }
}
