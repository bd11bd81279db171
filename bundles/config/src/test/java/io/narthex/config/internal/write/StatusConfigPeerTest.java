package io.narthex.config.internal.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.StorageConfig;
import io.narthex.config.internal.Conformance;
import io.narthex.config.internal.read.ConfigurationReader;
import io.narthex.config.internal.read.DiscoveryKinds;
import io.narthex.config.internal.read.Loaded;
import io.narthex.config.internal.read.Overlay;
import io.narthex.config.internal.read.ReaderOptions;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the running reference shows as its configuration, line for line. */
class StatusConfigPeerTest {

  /** Lines that the older reference at hand does not have. */
  private static final Set<String> NEWER =
      Set.of(
          "scrape_native_histograms: false",
          "extra_scrape_metrics: false",
          "metric_name_validation_scheme: utf8",
          "metric_name_escaping_scheme: allow-utf-8",
          "label_name_underscore_sanitization: true",
          "label_name_preserve_multiple_underscores: true",
          "retention: {}",
          "outofordertimewindow: 0");

  @TempDir Path folder;

  @Test
  void showsAllSectionsAsTheReferenceDoes() throws Exception {
    compare(
        """
        global:
          scrape_interval: 15s
          scrape_protocols: [PrometheusText0.0.4, OpenMetricsText1.0.0]
          external_labels: {zone: "1", b10: x, b9: "y", Z: "true"}
          query_log_file: query.log
          body_size_limit: 15MB
          sample_limit: 1500
          keep_dropped_targets: 3
        runtime: {gogc: 42}
        rule_files: [first.rules, my/*.rules, /abs/x.yml]
        scrape_config_files: [more/*.yml]
        scrape_configs:
          - job_name: x
            honor_labels: true
            metrics_path:
            honor_timestamps:
            params: {a: [b, "c d"], "x y": ["true", "1", "", "multi\\nline", "2001-01-01", "1:30"]}
            scrape_timeout: 90ms
            scrape_interval: 90d
            fallback_scrape_protocol: PrometheusText1.0.0
            static_configs:
              - targets: ["a:1", "b:2"]
                labels: {z: "1", y: "é ü", x: "#1", w: "- a", v: "a: b", u: "'q' \\"r\\""}
              - targets: []
            file_sd_configs: [{files: [a.yml, /b/*.json]}]
            http_sd_configs:
              - url: "http://user:pw@a/b"
                refresh_interval: 2m
                authorization: {credentials: abc}
            dns_sd_configs: [{names: [a.b], type: A, port: 3}]
            http_headers: {foo: {values: [a], secrets: [b], files: [c]}}
            basic_auth: {username: u, password: "multiline\\nsecret"}
            tls_config: {ca_file: ca.pem, server_name: s, min_version: TLS12}
            proxy_url: http://u:p@proxy:3128/x
            no_proxy: 10.0.0.0/8,example.com
            proxy_connect_header: {X-A: [s1, s2]}
            relabel_configs:
              - {source_labels: [a, __b], target_label: b, regex: "(.+);x", replacement: "$1-${2}"}
              - {source_labels: [a], modulus: 8, target_label: t, action: HashMod}
              - action: labelmap
                regex: "__meta_kubernetes_service_label_(.+) with a very long expression (that|goes|on|and|on) behind eighty columns"
            metric_relabel_configs:
              - {source_labels: [__name__], regex: "1", action: drop}
          - job_name: "0123"
            oauth2:
              client_id: "123"
              client_secret: "456"
              token_url: http://a/t
              scopes: [a, b]
              endpoint_params: {x: "y"}
            metric_name_validation_scheme: legacy
            metric_name_escaping_scheme: underscores
        alerting:
          alert_relabel_configs: [{regex: a, action: labeldrop}]
          alertmanagers:
            - static_configs: [{targets: ["a:1"]}]
              timeout: 5s
              path_prefix: /am
              alert_relabel_configs: [{target_label: x, replacement: "y"}]
        storage:
          tsdb: {out_of_order_time_window: 1h}
          exemplars: {max_exemplars: 10}
        tracing:
          endpoint: "a:1"
          sampling_fraction: 0.25
          timeout: 5s
          headers: {b: c, a: d}
          tls_config: {insecure_skip_verify: true}
        remote_write:
          - url: "http://u:p@a/b"
            name: n
            headers: {X-B: c}
            write_relabel_configs: [{action: drop, regex: a}]
            queue_config: {capacity: 5, retry_on_http_429: true, sample_age_limit: 1w}
            metadata_config: {send: false}
            send_exemplars: true
          - url: http://c/d
            protobuf_message: io.prometheus.write.v2.Request
            sigv4: {region: r, access_key: a, secret_key: s}
        remote_read:
          - url: "http://a/b"
            read_recent: true
            required_matchers: {job: a}
        otlp: {promote_resource_attributes: [a, b], keep_identifying_resource_attributes: true}
        """);
  }

  private void compare(String yaml) throws Exception {
    String prometheus = Conformance.peer("prometheus");
    Path file = folder.resolve("p.yml");
    Files.writeString(file, yaml);
    ReaderOptions options =
        new ReaderOptions(false, Set.of(), StorageConfig.Retention.NONE, name -> null);
    Loaded loaded =
        new ConfigurationReader(options, new DiscoveryKinds(Map.of()))
            .read(file.toString(), Overlay.NONE);
    String ours = ConfigurationYaml.redacted(loaded).asWritten();
    assertThat(lines(ours)).isEqualTo(lines(shownBy(prometheus, file)));
  }

  private static List<String> lines(String yaml) {
    return yaml.lines().filter(l -> !NEWER.contains(l.strip())).toList();
  }

  private String shownBy(String prometheus, Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                prometheus,
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .start();
    try (BufferedReader log =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String address = "";
      StringBuilder seen = new StringBuilder();
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        seen.append(line).append('\n');
        int at = line.indexOf("msg=\"Listening on\" component=web address=");
        if (at >= 0) {
          address = line.substring(line.lastIndexOf('=') + 1);
        }
        if (line.contains("Server is ready to receive web requests.")) {
          return statusConfig(address);
        }
      }
      throw new AssertionError("the reference ended: " + seen);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static String statusConfig(String address) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(URI.create("http://" + address + "/api/v1/status/config"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      try {
        return YamlConfigNodes.parse(response.body())
            .fields()
            .find("data")
            .fields()
            .text("yaml", "");
      } catch (io.narthex.api.config.ConfigurationException e) {
        throw new AssertionError(response.body(), e);
      }
    }
  }
}
