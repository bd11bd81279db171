package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Narthex and the real Prometheus scrape the same targets and must then agree. The system property
 * {@code narthex.agreement.scrapes} says for how many scrapes, one a second.
 */
class AgreementTest {
  private static final int SCRAPES = Integer.getInteger("narthex.agreement.scrapes", 40);

  /** Queries whose answers must be equal, sample by sample. */
  private static final List<String> QUERIES =
      List.of(
          "requests_total",
          "requests_total{code=\"500\",shard=~\"1|2|1.\"}",
          "sum(rate(requests_total[15s]))",
          "sum by (zone) (rate(requests_total[20s]))",
          "sum without (shard, code) (increase(requests_total[17s]))",
          "irate(requests_total{code=\"200\"}[10s])",
          "resets(requests_total[20s])",
          "changes(depth[12s])",
          "delta(depth[9s])",
          "deriv(depth[14s])",
          "predict_linear(depth[14s], 60)",
          "avg_over_time(depth[11s])",
          "stddev_over_time(depth[11s])",
          "quantile_over_time(0.3, depth[13s])",
          "max_over_time(depth[10s]) - min_over_time(depth[10s])",
          "last_over_time(depth[5s] offset 4s)",
          "topk(3, depth)",
          "bottomk(2, depth) by (zone)",
          "quantile by (zone) (0.9, depth)",
          "stddev(depth)",
          "count_values(\"v\", requests_total{code=\"500\"})",
          "histogram_quantile(0.9, sum by (le) (rate(latency_bucket[15s])))",
          "histogram_quantile(0.5, rate(latency_bucket[15s]))",
          "rate(latency_sum[15s]) / rate(latency_count[15s])",
          "depth * on (zone) group_left (version) info",
          "requests_total{code=\"500\"} / ignoring (code) requests_total{code=\"200\"} > 0.1",
          "depth > bool 50 and on (shard) requests_total{code=\"200\"} > 10",
          "depth{zone=\"0\"} or requests_total unless requests_total{code=\"200\"}",
          "max_over_time(sum by (zone) (rate(requests_total[8s]))[12s:2s])",
          "label_replace(depth, \"place\", \"z$1\", \"zone\", \"(.*)\")",
          "label_join(depth, \"both\", \"-\", \"zone\", \"shard\")",
          "absent(nothing{a=\"b\"}) or absent(depth)",
          "clamp(round(depth, 0.5), -20, 20)",
          "-depth ^ 2 % 7",
          "scalar(info) + vector(2)",
          "sort_desc(sum by (shard) (depth))",
          "timestamp(depth)",
          "abs(ceil(depth) - floor(depth))",
          "depth @ end() - depth offset 3s");

  @TempDir Path folder;

  @Test
  @Timeout(value = 1, unit = TimeUnit.HOURS) // For those who ask for many scrapes.
  void answersAreThoseOfPrometheus() throws Exception {
    try (SyntheticTarget target = new SyntheticTarget();
        Server exporter =
            Peers.start(folder, "prometheus-node-exporter", "--web.listen-address=127.0.0.1:0")) {
      String node = exporter.address("Listening on");
      Path config = folder.resolve("prometheus.yml");
      Files.writeString(config, config(node, target.address()));
      try (Server prometheus = prometheus(config);
          Server narthex = narthex(config);
          Api theirs = new Api("http://" + prometheus.address("Listening on"));
          Api ours = new Api("http://" + narthex.address("Listening on"))) {
        for (Api api : List.of(theirs, ours)) {
          api.awaitReady();
          api.awaitAtLeast("count_over_time(up{job=\"node\"}[1h])", SCRAPES);
          api.awaitAtLeast("count_over_time(depth{shard=\"0\"}[1h])", SCRAPES);
        }
        sameSeries(theirs, ours);
        sameAnswers(theirs, ours);
        promtoolWorks(ours);
      }
    }
  }

  private static String config(String node, String synthetic) {
    return """
    global: {scrape_interval: 1s, scrape_timeout: 1s, external_labels: {site: test}}
    scrape_configs:
      - job_name: node
        static_configs: [{targets: ['%s'], labels: {team: a}}]
        metric_relabel_configs:
          - {source_labels: [__name__], regex: go_memstats_.*, action: drop}
          - {source_labels: [device], regex: (.+), target_label: dev, replacement: d_$1}
      - job_name: synthetic
        scrape_interval: 1s
        scrape_timeout: 1s
        static_configs: [{targets: ['%s']}]
    """
        .formatted(node, synthetic);
  }

  private Server prometheus(Path config) throws IOException {
    return Peers.start(
        folder,
        "prometheus",
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("prometheus"),
        "--web.listen-address=127.0.0.1:0");
  }

  private Server narthex(Path config) throws IOException {
    return Server.start(
        folder,
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("narthex"),
        "--web.listen-address=127.0.0.1:0");
  }

  private static void sameSeries(Api theirs, Api ours) throws Exception {
    // Both have scraped the exporter after the other one began, so its own series are all there.
    String path = "/api/v1/series?match[]=" + Api.encode("{job=~\".+\"}");
    List<?> expected = Json.list(theirs.json(path), "data");
    List<?> actual = Json.list(ours.json(path), "data");
    assertThat(texts(actual)).containsExactlyInAnyOrderElementsOf(texts(expected));
    for (String names : List.of("/api/v1/labels", "/api/v1/label/__name__/values")) {
      assertThat(ours.json(names)).isEqualTo(theirs.json(names));
    }
  }

  private static List<String> texts(List<?> nodes) {
    return nodes.stream().map(String::valueOf).toList();
  }

  private static void sameAnswers(Api theirs, Api ours) throws Exception {
    double newest =
        Math.min(theirs.number("min(timestamp(depth))"), ours.number("min(timestamp(depth))"));
    for (String query : QUERIES) {
      same(query, theirs.query(query, newest), ours.query(query, newest));
      String range =
          "/api/v1/query_range?query="
              + Api.encode(query)
              + "&start="
              + (newest - 12)
              + "&end="
              + newest
              + "&step=1.5";
      same(
          query,
          Json.list(theirs.json(range), "data", "result"),
          Json.list(ours.json(range), "data", "result"));
    }
  }

  /** Equal series with equal times, and values that differ by rounding at most. */
  private static void same(String query, List<?> theirs, List<?> ours) {
    Map<String, List<Double>> expected = samples(theirs);
    Map<String, List<Double>> actual = samples(ours);
    assertThat(actual.keySet()).as(query).isEqualTo(expected.keySet());
    expected.forEach((series, values) -> {
      List<Double> mine = actual.get(series);
      assertThat(mine).as(query + " " + series).hasSameSizeAs(values);
      for (int i = 0; i < values.size(); i++) {
        assertThat(close(mine.get(i), values.get(i)))
            .as("%s %s: %s instead of %s", query, series, mine, values)
            .isTrue();
      }
    });
  }

  private static boolean close(double a, double b) {
    return Double.compare(a, b) == 0
        || Math.abs(a - b) <= 1e-9 * Math.max(1e-300, Math.max(Math.abs(a), Math.abs(b)));
  }

  private static Map<String, List<Double>> samples(List<?> result) {
    Map<String, List<Double>> out = new TreeMap<>();
    for (Object series : result) {
      if (!(series instanceof Map<?, ?> map)) {
        continue;
      }
      List<Double> flat = new ArrayList<>();
      Object one = map.get("value");
      List<?> points = one != null ? List.of(one) : (List<?>) map.get("values");
      for (Object point : points) {
        flat.add(number(((List<?>) point).get(0)));
        flat.add(number(((List<?>) point).get(1)));
      }
      out.put(String.valueOf(map.get("metric")), flat);
    }
    return out;
  }

  private static double number(Object text) {
    return switch ((String) text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case String s -> Double.parseDouble(s);
    };
  }

  private void promtoolWorks(Api ours) throws Exception {
    String instant = Peers.run(folder, "promtool", "query", "instant", ours.base(), "up");
    assertThat(instant).contains("up{", "job=\"node\"", "=> 1 @");
    String labels = Peers.run(folder, "promtool", "query", "labels", ours.base(), "job");
    assertThat(labels).contains("node", "synthetic");
    Path metrics = folder.resolve("metrics.txt");
    Files.writeString(metrics, ours.text("/metrics"));
    Process check =
        new ProcessBuilder(Peers.program("promtool"), "check", "metrics")
            .redirectInput(metrics.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(check.waitFor()).as(said).isIn(0, 3);
    // Some of the reference's own names are not to its checker's liking.
    assertThat(said.lines())
        .allMatch(line ->
            line.matches(
                "prometheus_\\w+_histogram_seconds metric name should not include type"
                    + " 'histogram'"));
  }
}
