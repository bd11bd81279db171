package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Narthex and the real Prometheus scrape targets that do everything that targets do; what each of
 * them has stored then, and says of its targets, is the same, case by case.
 */
class ScrapeCasesTest {

  /** After it, what a target said in its fifth answer has been stored. */
  private static final int REQUESTS = 6;

  private static final int SLOWEST_SECONDS = 24;

  @TempDir Path folder;

  private final InstantSource clock = InstantSource.system();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  @Test
  void everyCaseEndsAsWithPrometheus() throws Exception {
    List<String> differences = null;
    for (int interval = 3; differences == null && interval <= SLOWEST_SECONDS; interval *= 2) {
      differences = run(interval);
    }
    assumeTrue(differences != null, "scrapes take too long on this machine");
    assertThat(differences).isEmpty();
  }

  /** How the servers differ after some scrapes; null if one of these ran into its timeout. */
  private @Nullable List<String> run(int interval) throws Exception {
    requests.clear();
    List<ScrapeCase> cases = ScrapeCases.all(clock.millis());
    CountDownLatch waiting = new CountDownLatch(cases.size() * 2);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    for (ScrapeCase c : cases) {
      server.createContext("/" + c.name(), exchange -> answer(c, exchange, waiting));
    }
    server.start();
    String target = "127.0.0.1:" + server.getAddress().getPort();
    String times = "scrape_interval: " + interval + "s, scrape_timeout: " + interval + "s";
    try (Server prometheus =
            Peers.start(
                folder,
                "prometheus",
                "--config.file=" + config("theirs", times, target, cases),
                "--enable-feature=native-histograms,exemplar-storage",
                "--storage.tsdb.path=" + folder.resolve("prometheus" + interval),
                "--web.listen-address=127.0.0.1:0");
        Server narthex =
            Server.start(
                folder,
                "--config.file="
                    + config("ours", times + ", scrape_native_histograms: true", target, cases),
                "--enable-feature=exemplar-storage",
                "--storage.tsdb.path=" + folder.resolve("narthex" + interval),
                "--web.listen-address=127.0.0.1:0");
        Api theirs = new Api("http://" + prometheus.address("Listening on"));
        Api ours = new Api("http://" + narthex.address("Listening on"))) {
      assertThat(waiting.await(10, TimeUnit.MINUTES)).as("scrapes").isTrue();
      String slowest = "max(max_over_time(scrape_duration_seconds[1h]))";
      if (Math.max(theirs.number(slowest), ours.number(slowest)) > 0.9 * interval) {
        return null;
      }
      return differences(cases, theirs, ours);
    } finally {
      server.stop(0);
    }
  }

  private static List<String> differences(List<ScrapeCase> cases, Api theirs, Api ours)
      throws Exception {
    List<String> differences = new ArrayList<>();
    Map<String, String> theirTargets = targets(theirs);
    Map<String, String> ourTargets = targets(ours);
    for (ScrapeCase c : cases) {
      String name = c.name();
      compare(differences, name + " target", theirTargets.get(name), ourTargets.get(name));
      compare(differences, name + " samples", samples(theirs, name), samples(ours, name));
      compare(differences, name + " current", current(theirs, name), current(ours, name));
      compare(differences, name + " exemplars", exemplars(theirs, name), exemplars(ours, name));
    }
    return differences;
  }

  private void answer(ScrapeCase c, HttpExchange exchange, CountDownLatch waiting)
      throws IOException {
    String who = exchange.getRequestURI().getQuery() + c.name();
    int n = requests.computeIfAbsent(who, k -> new AtomicInteger()).getAndIncrement();
    if (n == REQUESTS) {
      waiting.countDown();
    }
    c.answer().to(exchange, n);
  }

  private Path config(String who, String global, String target, List<ScrapeCase> cases)
      throws IOException {
    StringBuilder out = new StringBuilder("global: {" + global + "}\nscrape_configs:\n");
    for (ScrapeCase c : cases) {
      out.append("  - job_name: ").append(c.name());
      out.append("\n    metrics_path: /").append(c.name());
      out.append("\n    params: {server: [").append(who).append("]}");
      out.append("\n    static_configs: [{targets: ['").append(target).append("']}]\n");
      out.append(c.settings().isEmpty() ? "" : "    " + c.settings() + "\n");
    }
    return Files.writeString(folder.resolve(who + ".yml"), out);
  }

  private static void compare(List<String> differences, String what, Object theirs, Object ours) {
    if (!String.valueOf(theirs).equals(String.valueOf(ours))) {
      differences.add(what + "\n  theirs: " + theirs + "\n  ours:   " + ours);
    }
  }

  /** Health and last error by job. */
  private static Map<String, String> targets(Api api) throws Exception {
    Map<String, String> out = new TreeMap<>();
    for (Object t : Json.list(api.json("/api/v1/targets?state=active"), "data", "activeTargets")) {
      String error = String.valueOf(Json.at(t, "lastError"));
      out.put(
          String.valueOf(Json.at(t, "scrapePool")),
          Json.at(t, "health") + " " + error.replaceAll("server=(ours|theirs)", "server=S"));
    }
    return out;
  }

  /** The values of each series of a job without those that repeat the one before. */
  private static Map<String, List<String>> samples(Api api, String job) throws Exception {
    Map<String, List<String>> out = new TreeMap<>();
    String query = "{job=\"" + job + "\",__name__!=\"scrape_duration_seconds\"}[1h]";
    for (Object series : api.query(query, -1)) {
      Map<?, ?> node = (Map<?, ?>) series;
      List<String> values = new ArrayList<>();
      for (String kind : List.of("values", "histograms")) {
        Object points = node.get(kind);
        for (Object point : points == null ? List.of() : (List<?>) points) {
          String value = String.valueOf(((List<?>) point).get(1));
          if (values.isEmpty() || !values.getLast().equals(value)) {
            values.add(value);
          }
        }
      }
      out.put(labels(node), values);
    }
    return out;
  }

  /** The series of a job that have not ended. */
  private static List<String> current(Api api, String job) throws Exception {
    List<String> out = new ArrayList<>();
    for (Object series : api.query("{job=\"" + job + "\"}", -1)) {
      out.add(labels((Map<?, ?>) series));
    }
    return out.stream().sorted().toList();
  }

  private static String labels(Map<?, ?> series) {
    return String.valueOf(series.get("metric"));
  }

  private static List<String> exemplars(Api api, String job) throws Exception {
    String path = "/api/v1/query_exemplars?start=0&end=9999999999&query=";
    List<String> out = new ArrayList<>();
    for (Object series : Json.list(api.json(path + Api.encode("{job=\"" + job + "\"}")), "data")) {
      for (Object exemplar : Json.list(series, "exemplars")) {
        out.add(
            Json.at(series, "seriesLabels")
                + " "
                + Json.at(exemplar, "labels")
                + " "
                + Json.at(exemplar, "value"));
      }
    }
    return out.stream().sorted().toList();
  }
}
