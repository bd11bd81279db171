package io.narthex.web.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.ConfigurationTransactions;
import io.narthex.api.scrape.TargetsView;
import io.narthex.api.storage.HeadStatistics;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import io.narthex.model.MetricMetadata;
import io.narthex.model.MetricType;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerApiTest {

  private static final String YAML =
      "global:\n  scrape_interval: 1m\nscrape_configs:\n- job_name: a\n  scrape_interval: 5s\n"
          + "  static_configs:\n  - targets:\n    - x:1\n- job_name: 'it''s'\n  honor_labels: true\n"
          + "storage: {}\n";

  private RunningApi api;
  private final FakeStorage storage =
      new FakeStorage(
          Labels.of("__name__", "up", "job", "b"),
          Labels.of("__name__", "up", "job", "a"),
          Labels.of("__name__", "load", "job", "c", "ünï", "x"));
  private final Transactions transactions = new Transactions();

  @BeforeEach
  void start() throws Exception {
    api =
        new RunningApi(
            Map.of(
                "config.file", "prometheus.yml",
                "web.enable-lifecycle", "true",
                "component.name", "not a flag",
                "osgi.ds.satisfying.condition.target", "neither"));
    api.backends.language = new FakeQueries();
    api.backends.storage = storage;
    api.backends.transactions = transactions;
    api.backends.targets = new Targets();
    api.lifecycle = true;
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
    assertThat(storage.open.get()).isZero();
  }

  private static String success(String data) {
    return "200 {\"status\":\"success\",\"data\":" + data + "}";
  }

  private static String error(int status, String type, String message) {
    return status
        + " {\"status\":\"error\",\"errorType\":\""
        + type
        + "\",\"error\":\""
        + message
        + "\"}";
  }

  @Test
  void labelNamesAndValues() throws Exception {
    assertThat(api.get("/api/v1/labels"))
        .isEqualTo(
            "200 {\"status\":\"success\",\"data\":[\"__name__\",\"job\",\"ünï\"],"
                + "\"warnings\":[\"a warning\"]}");
    assertThat(storage.minTime).isEqualTo(Numbers.MIN_TIME);
    assertThat(storage.maxTime).isEqualTo(Numbers.MAX_TIME);
    assertThat(api.get("/api/v1/labels?limit=2&match%5B%5D=up&match%5B%5D=load"))
        .contains("[\"__name__\",\"job\"]", "results truncated due to limit");
    assertThat(api.post("/api/v1/labels", "match%5B%5D=up&start=1&end=2"))
        .contains("[\"__name__\",\"job\"]");
    assertThat(storage.minTime).isEqualTo(1000);
    assertThat(storage.maxTime).isEqualTo(2000);
    assertThat(api.get("/api/v1/label/job/values?match%5B%5D=up"))
        .isEqualTo(success("[\"a\",\"b\"]"));
    assertThat(api.get("/api/v1/label/U___fc_n_ef_/values")).isEqualTo(success("[\"x\"]"));
    assertThat(api.get("/api/v1/label/U___fc_n_ef_")).startsWith("404 ");
    assertThat(EscapedNames.unescape("U___fc_n_ef_")).isEqualTo("ünï");
    assertThat(EscapedNames.unescape("U__a__b")).isEqualTo("a_b");
    assertThat(EscapedNames.unescape("U___d800_")).isEqualTo("U___d800_");
    assertThat(EscapedNames.unescape("U___1234567_")).isEqualTo("U___1234567_");
    assertThat(EscapedNames.unescape("U___zz_")).isEqualTo("U___zz_");
    assertThat(api.get("/api/v1/label/job/values?limit=1"))
        .contains("[\"a\"]", "results truncated due to limit");
    assertThat(api.get("/api/v1/label/job/values?match%5B%5D=%7B%7D"))
        .isEqualTo(error(400, "bad_data", "match[] must contain at least one non-empty matcher"));
    assertThat(api.get("/api/v1/labels?match%5B%5D=up%7B"))
        .isEqualTo(
            error(400, "bad_data", "1:4: parse error: unexpected end of input inside braces"));
    assertThat(api.send(api.request("/api/v1/label/job/values").POST(BodyPublishers.noBody())))
        .satisfies(r -> {
          assertThat(r.statusCode()).isEqualTo(405);
          assertThat(r.headers().firstValue("Allow")).contains("GET, OPTIONS");
        });
  }

  @Test
  void series() throws Exception {
    assertThat(api.get("/api/v1/series"))
        .isEqualTo(error(400, "bad_data", "no match[] parameter provided"));
    assertThat(api.get("/api/v1/series?match%5B%5D=up&match%5B%5D=%7Bjob=%22a%22%7D"))
        .isEqualTo(
            success("[{\"__name__\":\"up\",\"job\":\"a\"},{\"__name__\":\"up\",\"job\":\"b\"}]"));
    assertThat(api.get("/api/v1/series?match%5B%5D=up&limit=1"))
        .contains("\"job\":\"a\"", "results truncated due to limit")
        .doesNotContain("\"job\":\"b\"");
    storage.failure = new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready");
    assertThat(api.get("/api/v1/series?match%5B%5D=up"))
        .isEqualTo(error(500, "unavailable", "TSDB not ready"));
    api.backends.storage = null;
    assertThat(api.get("/api/v1/series?match%5B%5D=up"))
        .isEqualTo(error(503, "unavailable", "unavailable: the storage is not running"));
  }

  @Test
  void targets() throws Exception {
    assertThat(api.get("/api/v1/targets?state=active"))
        .isEqualTo(
            success(
                "{\"activeTargets\":[{\"discoveredLabels\":{\"__address__\":\"localhost:9090\"},"
                    + "\"labels\":{\"job\":\"a\"},\"scrapePool\":\"a\","
                    + "\"scrapeUrl\":\"http://localhost:9090/metrics\","
                    + "\"globalUrl\":\"https://outside.example/metrics\",\"lastError\":\"\","
                    + "\"lastScrape\":\"2026-01-01T00:00:00.25Z\",\"lastScrapeDuration\":0.0015,"
                    + "\"health\":\"up\",\"scrapeInterval\":\"15s\",\"scrapeTimeout\":\"10s\"},"
                    + "{\"discoveredLabels\":{},\"labels\":{},\"scrapePool\":\"b\","
                    + "\"scrapeUrl\":\"http://localhost:9100/metrics?a=b\","
                    + "\"globalUrl\":\"http://outside.example:9100/metrics?a=b\","
                    + "\"lastError\":\"boom\",\"lastScrape\":\"0001-01-01T00:00:00Z\","
                    + "\"lastScrapeDuration\":0,\"health\":\"unknown\",\"scrapeInterval\":\"1m\","
                    + "\"scrapeTimeout\":\"10s\"}],\"droppedTargets\":[],"
                    + "\"droppedTargetCounts\":null}"));
    assertThat(api.get("/api/v1/targets?state=Dropped&scrapePool=a"))
        .isEqualTo(
            success(
                "{\"activeTargets\":[],\"droppedTargets\":[{\"discoveredLabels\":{\"x\":\"y\"},"
                    + "\"scrapePool\":\"a\"}],\"droppedTargetCounts\":{\"a\":7}}"));
    assertThat(api.get("/api/v1/scrape_pools"))
        .isEqualTo(success("{\"scrapePools\":[\"a\",\"b\"]}"));
    assertThat(api.get("/api/v1/metadata"))
        .isEqualTo(
            success(
                "{\"load\":[{\"type\":\"gauge\",\"unit\":\"\",\"help\":\"L.\"}],\"x_total\":["
                    + "{\"type\":\"counter\",\"unit\":\"\",\"help\":\"A.\"},"
                    + "{\"type\":\"counter\",\"unit\":\"\",\"help\":\"B.\"}]}"));
    assertThat(api.get("/api/v1/metadata?limit=1&limit_per_metric=1&metric=x_total"))
        .isEqualTo(success("{\"x_total\":[{\"type\":\"counter\",\"unit\":\"\",\"help\":\"A.\"}]}"));
    assertThat(api.get("/api/v1/metadata?limit=x"))
        .isEqualTo(error(400, "bad_data", "limit must be a number"));
    assertThat(api.get("/api/v1/targets/metadata?match_target=%7Bjob=%22b%22%7D&metric=x_total"))
        .isEqualTo(
            success(
                "[{\"target\":{\"job\":\"b\"},\"type\":\"counter\",\"help\":\"B.\","
                    + "\"unit\":\"\"}]"));
    api.backends.targets = null;
    assertThat(api.get("/api/v1/targets"))
        .isEqualTo(error(503, "unavailable", "unavailable: the scrape manager is not running"));
  }

  @Test
  void configuration() throws Exception {
    assertThat(api.get("/api/v1/scrape_pools/config?scrapePool=a"))
        .isEqualTo(
            success(
                "{\"yaml\":\"job_name: a\\nscrape_interval: 5s\\nstatic_configs:\\n- targets:\\n"
                    + "  - x:1\\n\"}"));
    assertThat(api.get("/api/v1/scrape_pools/config?scrapePool=it's"))
        .isEqualTo(success("{\"yaml\":\"job_name: 'it''s'\\nhonor_labels: true\\n\"}"));
    assertThat(api.get("/api/v1/scrape_pools/config?scrapePool=z"))
        .isEqualTo(error(400, "bad_data", "scrape pool \\\"z\\\" not found"));
    assertThat(api.get("/api/v1/status/config")).contains("scrape_configs:\\n- job_name: a");
    assertThat(api.get("/api/v1/status/flags"))
        .isEqualTo(
            success("{\"config.file\":\"prometheus.yml\",\"web.enable-lifecycle\":\"true\"}"));
    assertThat(api.get("/api/v1/status/runtimeinfo"))
        .contains("\"reloadConfigSuccess\":false", "\"lastConfigTime\":\"2026-01-01T00:00:00Z\"")
        .contains("\"storageRetention\":\"15d\"");
    assertThat(api.get("/api/v1/notifications")).contains("Configuration reload has failed.");
    assertThat(api.get("/api/v1/narthex/configuration"))
        .contains("\"trigger\":\"SIGHUP\",\"committed\":false,\"error\":\"no\"");
  }

  @Test
  void statusOfTheDatabase() throws Exception {
    assertThat(api.get("/api/v1/status/tsdb"))
        .isEqualTo(error(503, "unavailable", "unavailable: the database is not running"));
    api.backends.head = new Head();
    assertThat(api.get("/api/v1/status/tsdb?limit=2"))
        .isEqualTo(
            success(
                "{\"headStats\":{\"numSeries\":2,\"numLabelPairs\":3,\"chunkCount\":4,"
                    + "\"minTime\":9223372036854775807,\"maxTime\":-9223372036854775808},"
                    + "\"seriesCountByMetricName\":[{\"name\":\"up\",\"value\":2}],"
                    + "\"labelValueCountByLabelName\":[],\"memoryInBytesByLabelName\":[],"
                    + "\"seriesCountByLabelValuePair\":[]}"));
    for (String bad : List.of("0", "x", "-1")) {
      assertThat(api.get("/api/v1/status/tsdb?limit=" + bad))
          .isEqualTo(error(400, "bad_data", "limit must be a positive number"));
    }
    assertThat(api.get("/api/v1/status/tsdb?limit=10001"))
        .isEqualTo(error(400, "bad_data", "limit must not exceed 10000"));
    assertThat(api.get("/api/v1/status/walreplay"))
        .isEqualTo(success("{\"min\":1,\"max\":3,\"current\":2}"));
  }

  @Test
  void reloadsAndEndsOnlyWhenAllowed() throws Exception {
    assertThat(api.get("/-/reload")).isEqualTo("405 Only POST or PUT requests allowed");
    assertThat(api.post("/-/reload", "")).isEqualTo("200 ");
    transactions.refusal = "line 3 is wrong";
    assertThat(api.post("/-/reload", ""))
        .isEqualTo("500 failed to reload config: line 3 is wrong\n");
    assertThat(transactions.triggers).containsExactly("HTTP API", "HTTP API");
    List<String> asked = new ArrayList<>();
    api.backends.termination =
        by -> {
          asked.add(by);
          return asked.size() == 1;
        };
    assertThat(api.post("/-/quit", "")).isEqualTo("200 Requesting termination... Goodbye!");
    assertThat(api.post("/-/quit", "")).isEqualTo("200 Termination already in progress.");
    api.lifecycle = false;
    assertThat(api.post("/-/quit", "")).isEqualTo("403 Lifecycle API is not enabled.");
    assertThat(api.post("/-/reload", "")).isEqualTo("403 Lifecycle API is not enabled.");
    assertThat(asked).hasSize(2);
  }

  @Test
  void saysWhatItDoesNotDo() throws Exception {
    assertThat(api.get("/api/v1/rules")).isEqualTo(success("{\"groups\":[]}"));
    assertThat(api.get("/api/v1/alerts")).isEqualTo(success("{\"alerts\":[]}"));
    assertThat(api.get("/api/v1/alertmanagers"))
        .isEqualTo(success("{\"activeAlertmanagers\":[],\"droppedAlertmanagers\":[]}"));
    assertThat(api.post("/api/v1/admin/tsdb/snapshot", ""))
        .isEqualTo(error(500, "unavailable", "admin APIs disabled"));
    assertThat(api.post("/api/v1/write", ""))
        .isEqualTo(
            "404 remote write receiver needs to be enabled with"
                + " --web.enable-remote-write-receiver\n");
    assertThat(api.post("/api/v1/read", "")).isEqualTo("501 not supported yet: remote read\n");
    assertThat(api.get("/federate")).isEqualTo("200 ");
    assertThat(api.get("/federate?match%5B%5D=up"))
        .isEqualTo("501 not supported yet: federation\n");
    assertThat(api.get("/api/v1/nope")).isEqualTo("404 404 page not found\n");
    assertThat(api.get("/-/nope")).isEqualTo("404 404 page not found\n");
    assertThat(api.get("/version")).startsWith("200 {\"version\":\"3.14.0+narthex.0.1\",");
  }

  /** Two targets, three families. */
  private static final class Targets implements TargetsView {
    @Override
    public List<String> pools() {
      return List.of("a", "b");
    }

    @Override
    public List<ActiveTarget> active(@Nullable String pool) {
      return List.of(
          new ActiveTarget(
              "a",
              Labels.of("__address__", "localhost:9090"),
              Labels.of("job", "a"),
              "http://localhost:9090/metrics",
              "",
              Instant.parse("2026-01-01T00:00:00.250Z"),
              0.0015,
              Health.UP,
              "15s",
              "10s"),
          new ActiveTarget(
              "b",
              Labels.EMPTY,
              Labels.EMPTY,
              "http://localhost:9100/metrics?a=b",
              "boom",
              null,
              0,
              Health.UNKNOWN,
              "1m",
              "10s"));
    }

    @Override
    public List<DroppedTarget> dropped(@Nullable String pool) {
      return List.of(new DroppedTarget("a", Labels.of("x", "y")));
    }

    @Override
    public Map<String, Integer> droppedCounts() {
      return Map.of("a", 7);
    }

    @Override
    public List<TargetMetadata> metadata() {
      return List.of(
          new TargetMetadata(
              Labels.of("job", "a"), "x_total", new MetricMetadata(MetricType.COUNTER, "", "A.")),
          new TargetMetadata(
              Labels.of("job", "b"), "x_total", new MetricMetadata(MetricType.COUNTER, "", "B.")),
          new TargetMetadata(
              Labels.of("job", "b"), "load", new MetricMetadata(MetricType.GAUGE, "", "L.")));
    }
  }

  /** A last reload that failed. */
  private static final class Transactions implements ConfigurationTransactions {
    final List<String> triggers = new ArrayList<>();
    @Nullable String refusal;

    @Override
    public void reload(String trigger) throws ConfigurationException {
      triggers.add(trigger);
      if (refusal != null) {
        throw new ConfigurationException(refusal);
      }
    }

    @Override
    public List<Transaction> history() {
      return List.of(
          new Transaction(
              Instant.parse("2026-01-02T00:00:00Z"),
              "SIGHUP",
              false,
              "no",
              Duration.ofMillis(1),
              List.of()),
          new Transaction(
              Instant.parse("2026-01-01T00:00:00Z"),
              "start",
              true,
              null,
              Duration.ofMillis(1),
              List.of("+ a")));
    }

    @Override
    public String effectiveYaml() {
      return YAML;
    }

    @Override
    public String exportYaml() {
      return YAML;
    }
  }

  /** An empty head. */
  private static final class Head implements HeadStatistics {
    @Override
    public Statistics statistics(int limit) {
      return new Statistics(
          2,
          4,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          3,
          List.of(new Count("up", limit)),
          List.of(),
          List.of(),
          List.of());
    }

    @Override
    public ReplayProgress replayProgress() {
      return new ReplayProgress(1, 3, 2);
    }
  }
}
