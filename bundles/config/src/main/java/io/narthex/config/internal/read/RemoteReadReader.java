package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.RemoteReadConfig;
import io.narthex.config.internal.http.ReservedHeaders;
import io.narthex.config.internal.http.Urls;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the remote_read section. */
final class RemoteReadReader {

  private RemoteReadReader() {}

  static List<RemoteReadConfig> read(List<ConfigNode> nodes) throws ConfigurationException {
    List<RemoteReadConfig> configs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigNode node : nodes) {
      if (node.isNull()) {
        throw node.error("empty or null remote read config section");
      }
      RemoteReadConfig c = endpoint(node);
      if (!c.name().isEmpty() && !names.add(c.name())) {
        throw node.error(
            "found multiple remote read configs with job name " + GoQuote.quote(c.name()));
      }
      configs.add(c);
    }
    return configs;
  }

  private static RemoteReadConfig endpoint(ConfigNode node) throws ConfigurationException {
    ConfigNode.Fields f = node.fields("config.plain");
    ConfigNode url = f.find("url");
    Map<String, String> headers = FieldValues.textMap(f, "headers");
    RemoteReadConfig c =
        new RemoteReadConfig(
            url == null || url.isNull() ? "" : Urls.text(url),
            f.duration("remote_timeout", 60_000),
            f.unsigned("chunked_read_limit", 50_000_000),
            headers,
            f.bool("read_recent", false),
            f.text("name", ""),
            f.httpClient(HttpClientConfig.DEFAULT),
            FieldValues.textMap(f, "required_matchers"),
            f.bool("filter_external_labels", true));
    f.end();
    if (url == null || url.isNull()) {
      throw node.error("url for remote_read is empty");
    }
    ReservedHeaders.check(node, headers.keySet(), RemoteWriteReader.AUTHORIZATION);
    return c;
  }
}
