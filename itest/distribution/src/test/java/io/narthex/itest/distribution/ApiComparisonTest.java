package io.narthex.itest.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends the same requests to Narthex and to the real Prometheus, good and bad ones: status, kind of
 * content and body must be the same, or where the content is the server's own, its shape.
 */
class ApiComparisonTest {

  /** Method, a space, and the path; a form to post follows after another space. */
  private static final List<String> SAME =
      List.of(
          "GET /-/healthy",
          "GET /-/ready",
          "GET /-/reload",
          "GET /-/quit",
          "POST /-/reload x",
          "PUT /-/quit x",
          "GET /no/such/page",
          "GET /api/v1/nope",
          "POST /api/v1/write x",
          "GET /api/v1/write",
          "GET /federate",
          "DELETE /api/v1/query",
          "PUT /api/v1/query x",
          "POST /api/v1/label/job/values x",
          "OPTIONS /api/v1/query",
          "OPTIONS /api/v1/anything",
          "GET /api/v1/query?query=1&time=@",
          "GET /api/v1/query?query=1.5e30&time=@",
          "GET /api/v1/query?query=%22a%3Cb%22&time=@",
          "GET /api/v1/query?query=depth&time=@",
          "GET /api/v1/query?query=depth&time=@&limit=2",
          "GET /api/v1/query?query=depth%5B3s%5D&time=@",
          "GET /api/v1/query?query=nothing&time=@",
          "GET /api/v1/query?query=0/0&time=@",
          "GET /api/v1/query?query=vector(1e-7)&time=@.125",
          "POST /api/v1/query query=sum(depth)&time=@",
          "POST /api/v1/query?time=@ query=depth&limit=1",
          "GET /api/v1/query",
          "GET /api/v1/query?query=sum(",
          "GET /api/v1/query?query=depth%7B",
          "GET /api/v1/query?query=rate(depth)",
          "GET /api/v1/query?query=1%20%2B",
          "GET /api/v1/query?query=%7B%7D",
          "GET /api/v1/query?query=depth&time=abc",
          "GET /api/v1/query?query=depth&time=2026-01-01",
          "GET /api/v1/query?query=depth&timeout=abc",
          "GET /api/v1/query?query=depth&limit=abc",
          "GET /api/v1/query?query=depth&limit=-1",
          "GET /api/v1/query?query=depth&lookback_delta=x",
          "GET /api/v1/query_range?query=depth&start=-5&end=@&step=1s",
          "GET /api/v1/query_range?query=depth&start=@&end=5&step=1s",
          "GET /api/v1/query_range?query=depth&start=@&end=@&step=0",
          "GET /api/v1/query_range?query=depth&start=@&end=@&step=-1",
          "GET /api/v1/query_range?query=depth&start=@&end=@&step=x",
          "GET /api/v1/query_range?query=depth&start=@&end=@",
          "GET /api/v1/query_range?query=depth&end=@&step=1",
          "GET /api/v1/query_range?query=depth&start=@&end=@&step=1",
          "POST /api/v1/query_range query=sum(depth)&start=@&end=@&step=5",
          "GET /api/v1/labels?limit=x",
          "GET /api/v1/labels?start=x",
          "GET /api/v1/labels?match%5B%5D=depth",
          "GET /api/v1/labels?match%5B%5D=depth&match%5B%5D=info&limit=2",
          "GET /api/v1/labels?match%5B%5D=%7B%7D",
          "GET /api/v1/labels?match%5B%5D=depth%7B",
          "GET /api/v1/label/zone/values",
          "GET /api/v1/label/U__zone/values",
          "GET /api/v1/label/none/values",
          "GET /api/v1/label/zone/values?limit=-1",
          "GET /api/v1/series",
          "GET /api/v1/series?match%5B%5D=%7B%7D",
          "GET /api/v1/series?match%5B%5D=depth%7Bshard=%220%22%7D",
          "GET /api/v1/series?match%5B%5D=depth&start=0&end=1",
          "GET /api/v1/series?match%5B%5D=depth&end=z",
          "GET /api/v1/metadata?limit=x",
          "GET /api/v1/metadata?limit_per_metric=x",
          "GET /api/v1/metadata?metric=depth",
          "GET /api/v1/metadata?metric=none",
          "GET /api/v1/targets/metadata?limit=x",
          "GET /api/v1/targets/metadata?metric=none",
          "GET /api/v1/scrape_pools",
          "GET /api/v1/rules",
          "GET /api/v1/alerts",
          "GET /api/v1/alertmanagers",
          "GET /api/v1/status/tsdb?limit=0",
          "GET /api/v1/status/tsdb?limit=x",
          "GET /api/v1/query_exemplars?query=1",
          "GET /api/v1/query_exemplars?query=depth&start=5&end=1",
          "GET /api/v1/query_exemplars?query=depth%7B",
          "GET /api/v1/format_query?query=sum(depth)by(zone)",
          "GET /api/v1/format_query?query=depth%7B",
          "GET /api/v1/parse_query?query=depth%7B",
          "POST /api/v1/admin/tsdb/snapshot x",
          "POST /api/v1/admin/tsdb/clean_tombstones x");

  private static final List<String> SAME_SHAPE =
      List.of(
          "GET /api/v1/targets?state=active",
          "GET /api/v1/targets?state=dropped",
          "GET /api/v1/status/buildinfo",
          "GET /api/v1/status/runtimeinfo",
          "GET /api/v1/status/config",
          "GET /api/v1/status/tsdb",
          "GET /api/v1/status/walreplay",
          "GET /api/v1/targets/metadata?limit=1");

  @TempDir Path folder;

  @Test
  void answersAreBuiltAsThoseOfPrometheus() throws Exception {
    Path config = folder.resolve("prometheus.yml");
    try (SyntheticTarget target = new SyntheticTarget()) {
      Files.writeString(
          config,
          "scrape_configs:\n- job_name: synthetic\n  scrape_interval: 250ms\n"
              + "  scrape_timeout: 200ms\n  static_configs:\n  - targets: ['"
              + target.address()
              + "']\n");
      try (Server prometheus =
              Peers.start(folder, "prometheus", flags(config, folder.resolve("theirs")));
          Server narthex = Server.start(folder, flags(config, folder.resolve("ours")));
          Api theirs = new Api("http://" + prometheus.address("Listening on"));
          Api ours = new Api("http://" + narthex.address("Listening on"));
          HttpClient client = HttpClient.newHttpClient()) {
        for (Api api : List.of(theirs, ours)) {
          api.awaitReady();
          api.awaitAtLeast("count_over_time(depth{shard=\"0\"}[1m])", 6);
        }
        double newest =
            Math.min(theirs.number("min(timestamp(depth))"), ours.number("min(timestamp(depth))"));
        String time = String.valueOf((long) newest);
        List<String> differences = new ArrayList<>();
        for (String request : SAME) {
          compare(client, theirs, ours, request.replace("@", time), false, differences);
        }
        for (String request : SAME_SHAPE) {
          compare(client, theirs, ours, request, true, differences);
        }
        assertThat(differences).isEmpty();
      }
    }
  }

  private static String[] flags(Path config, Path data) {
    return new String[] {
      "--config.file=" + config, "--storage.tsdb.path=" + data, "--web.listen-address=127.0.0.1:0"
    };
  }

  private static void compare(
      HttpClient client,
      Api theirs,
      Api ours,
      String request,
      boolean shape,
      List<String> differences)
      throws IOException, InterruptedException {
    String expected = answer(client, theirs.base(), request, shape);
    String actual = answer(client, ours.base(), request, shape);
    if (!expected.equals(actual)) {
      differences.add("\n" + request + "\n  Prometheus: " + expected + "\n  Narthex:    " + actual);
    }
  }

  /** Status, content type without parameters, and the body with its escapes resolved. */
  private static String answer(HttpClient client, String base, String request, boolean shape)
      throws IOException, InterruptedException {
    String[] parts = request.split(" ", 3);
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(base + parts[1]));
    if (parts.length > 2) {
      builder.header("Content-Type", "application/x-www-form-urlencoded");
      builder.method(parts[0], BodyPublishers.ofString(parts[2]));
    } else {
      builder.method(parts[0], BodyPublishers.noBody());
    }
    HttpResponse<String> response = client.send(builder.build(), BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("none").split(";", 2)[0];
    String body = response.body();
    if (type.equals("application/json")) {
      Object json = Json.parse(body);
      body = String.valueOf(shape ? shape(json) : json);
    }
    return response.statusCode() + " " + type + " " + body;
  }

  /** The keys, and of each list its first element. */
  private static Object shape(Object json) {
    if (json instanceof Map<?, ?> map) {
      Map<String, Object> shapes = new TreeMap<>();
      map.forEach((key, value) -> shapes.put(String.valueOf(key), shape(value)));
      // Later versions of the reference have more of them.
      shapes.computeIfPresent("discoveredLabels", (key, value) -> "");
      return shapes;
    }
    if (json instanceof List<?> list) {
      return list.isEmpty() ? List.of() : List.of(shape(list.getFirst()));
    }
    return "";
  }
}
