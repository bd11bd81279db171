package io.narthex.config.internal.read;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.RemoteWriteConfig;
import io.narthex.api.config.RemoteWriteConfig.Metadata;
import io.narthex.api.config.RemoteWriteConfig.Queue;
import io.narthex.api.config.TlsConfig;
import io.narthex.config.internal.http.ReservedHeaders;
import io.narthex.config.internal.http.Urls;
import io.narthex.config.internal.yaml.FieldValues;
import io.narthex.model.GoQuote;
import io.narthex.model.NameValidation;
import io.narthex.model.relabel.RelabelRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the remote_write section. */
final class RemoteWriteReader {

  static final String AUTHORIZATION =
      "authorization header must be changed via the basic_auth, authorization, oauth2, sigv4,"
          + " azuread or google_iam parameter";

  private static final HttpClientConfig HTTP =
      new HttpClientConfig(
          null, null, null, TlsConfig.DEFAULT, true, false, ProxyConfig.NONE, Map.of());

  private final NameValidation validation;
  private final ReaderOptions options;

  RemoteWriteReader(NameValidation validation, ReaderOptions options) {
    this.validation = validation;
    this.options = options;
  }

  List<RemoteWriteConfig> read(List<ConfigNode> nodes) throws ConfigurationException {
    List<RemoteWriteConfig> configs = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ConfigNode node : nodes) {
      if (node.isNull()) {
        throw node.error("empty or null remote write config section");
      }
      RemoteWriteConfig c = endpoint(node);
      if (!c.name().isEmpty() && !names.add(c.name())) {
        throw node.error(
            "found multiple remote write configs with job name " + GoQuote.quote(c.name()));
      }
      configs.add(c);
    }
    return configs;
  }

  private RemoteWriteConfig endpoint(ConfigNode node) throws ConfigurationException {
    ConfigNode.Fields f = node.fields("config.plain");
    ConfigNode url = f.find("url");
    List<RelabelRule> rules =
        RelabelReader.rules(
            f,
            "write_relabel_configs",
            validation,
            "empty or null relabeling rule in remote write config");
    Map<String, String> headers = FieldValues.textMap(f, "headers");
    RemoteWriteConfig c =
        new RemoteWriteConfig(
            url == null || url.isNull() ? "" : Urls.text(url),
            f.duration("remote_timeout", 30_000),
            headers,
            rules,
            f.text("name", ""),
            f.bool("send_exemplars", false),
            f.bool("send_native_histograms", false),
            f.bool("round_robin_dns", false),
            message(f.find("protobuf_message")),
            f.bool("failed_request_logging", false),
            f.httpClient(HTTP),
            queue(f.find("queue_config")),
            metadata(f.find("metadata_config")),
            CloudAuthReader.sigv4(f.find("sigv4")),
            CloudAuthReader.azureAd(f.find("azuread"), options.environment()),
            CloudAuthReader.googleIam(f.find("google_iam")));
    f.end();
    if (url == null || url.isNull()) {
      throw node.error("url for remote_write is empty");
    }
    ReservedHeaders.check(node, headers.keySet(), AUTHORIZATION);
    checkAuthentication(node, c);
    return c;
  }

  private static String message(@Nullable ConfigNode node) throws ConfigurationException {
    if (node == null) {
      return RemoteWriteConfig.VERSION_1;
    }
    String message = node.text();
    if (!message.equals(RemoteWriteConfig.VERSION_1)
        && !message.equals(RemoteWriteConfig.VERSION_2)) {
      throw node.error(
          "invalid protobuf_message value: unknown type for remote write protobuf message "
              + message
              + ", supported: "
              + RemoteWriteConfig.VERSION_1
              + ", "
              + RemoteWriteConfig.VERSION_2);
    }
    return message;
  }

  private static void checkAuthentication(ConfigNode node, RemoteWriteConfig c)
      throws ConfigurationException {
    List<String> set = new ArrayList<>();
    if (c.http().basicAuth() != null) {
      set.add("basic_auth");
    }
    if (c.http().authorization() != null) {
      set.add("authorization");
    }
    if (c.http().oauth2() != null) {
      set.add("oauth2");
    }
    if (c.sigv4() != null) {
      set.add("sigv4");
    }
    if (c.azureAd() != null) {
      set.add("azuread");
    }
    if (c.googleIam() != null) {
      set.add("google_iam");
    }
    if (set.size() > 1) {
      throw node.error(
          "at most one of basic_auth, authorization, oauth2, sigv4, azuread or google_iam must be"
              + " configured. Currently configured: ["
              + String.join(" ", set)
              + "]");
    }
  }

  private static Queue queue(@Nullable ConfigNode node) throws ConfigurationException {
    Queue d = Queue.DEFAULT;
    if (node == null) {
      return d;
    }
    ConfigNode.Fields f = node.fields("config.QueueConfig");
    boolean zero = node.isNull();
    Queue q =
        new Queue(
            FieldValues.integer(f, "capacity", zero ? 0 : d.capacity()),
            FieldValues.integer(f, "max_shards", zero ? 0 : d.maxShards()),
            FieldValues.integer(f, "min_shards", zero ? 0 : d.minShards()),
            FieldValues.integer(f, "max_samples_per_send", zero ? 0 : d.maxSamplesPerSend()),
            f.duration("batch_send_deadline", d.batchSendDeadline()),
            f.duration("min_backoff", d.minBackoff()),
            f.duration("max_backoff", d.maxBackoff()),
            f.bool("retry_on_http_429", false),
            f.duration("sample_age_limit", 0));
    f.end();
    checkQueue(node, q);
    return q;
  }

  private static void checkQueue(ConfigNode node, Queue q) throws ConfigurationException {
    require(node, q.maxShards() > 0, "max_shards must be positive");
    require(node, q.minShards() > 0, "min_shards must be positive");
    require(node, q.minShards() <= q.maxShards(), "min_shards must not be greater than max_shards");
    require(node, q.maxSamplesPerSend() > 0, "max_samples_per_send must be positive");
    require(node, q.capacity() > 0, "capacity must be positive");
    require(
        node, q.maxBackoff() >= q.minBackoff(), "max_backoff must not be less than min_backoff");
  }

  private static void require(ConfigNode node, boolean holds, String otherwise)
      throws ConfigurationException {
    if (!holds) {
      throw node.error("remote write queue " + otherwise);
    }
  }

  private static Metadata metadata(@Nullable ConfigNode node) throws ConfigurationException {
    Metadata d = Metadata.DEFAULT;
    if (node == null) {
      return d;
    }
    if (node.isNull()) {
      return new Metadata(false, 0, 0);
    }
    ConfigNode.Fields f = node.fields("config.MetadataConfig");
    Metadata m =
        new Metadata(
            f.bool("send", d.send()),
            f.duration("send_interval", d.sendInterval()),
            FieldValues.integer(f, "max_samples_per_send", d.maxSamplesPerSend()));
    f.end();
    return m;
  }
}
