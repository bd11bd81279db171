package io.narthex.web.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.lifecycle.Readiness;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.api.query.QueryResult.Matrix;
import io.narthex.api.query.QueryResult.Sample;
import io.narthex.api.query.QueryResult.Scalar;
import io.narthex.api.query.QueryResult.SeriesColumns;
import io.narthex.api.query.QueryResult.Statistics;
import io.narthex.api.query.QueryResult.Text;
import io.narthex.api.query.QueryResult.Value;
import io.narthex.api.query.QueryResult.Vector;
import io.narthex.api.query.RunningQueries;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueryApiTest {

  private static final FloatHistogram HISTOGRAM =
      new FloatHistogram(
          CounterResetHint.values()[0],
          0,
          0.5,
          2,
          9,
          12.5,
          new int[] {1, 1, 1, 1},
          new int[] {0, 1},
          new double[] {3, 1},
          new double[] {3},
          new double[0]);

  private RunningApi api;
  private final FakeQueries queries = new FakeQueries();

  @BeforeEach
  void start() throws Exception {
    api = new RunningApi();
    api.backends.engine = queries;
    api.backends.language = queries;
    api.backends.runningQueries = queries;
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
  }

  private void give(Value value, List<String> warnings, List<String> infos) {
    Statistics statistics =
        new Statistics(
            Map.of("evalTotalTime", 0.5, "execQueueTime", 1e-7),
            7,
            8,
            9,
            new long[] {1500, 7},
            null);
    queries.result = new QueryResult(value, warnings, infos, statistics);
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
  void writesEveryTypeOfValue() throws Exception {
    give(new Scalar(1500, 1e21), List.of(), List.of());
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(
            success("{\"resultType\":\"scalar\",\"result\":[1.5,\"1000000000000000000000\"]}"));
    give(new Text(2000, "<s>"), List.of(), List.of());
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(success("{\"resultType\":\"string\",\"result\":[2,\"\\u003cs\\u003e\"]}"));
    Labels labels = Labels.of("__name__", "up", "job", "a");
    give(
        new Vector(
            1500,
            List.of(new Sample(labels, Double.NaN, null), new Sample(Labels.EMPTY, 0, HISTOGRAM))),
        List.of(),
        List.of());
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(
            success(
                "{\"resultType\":\"vector\",\"result\":[{\"metric\":{\"__name__\":\"up\",\"job\":"
                    + "\"a\"},\"value\":[1.500,\"NaN\"]},{\"metric\":{},\"histogram\":[1.500,"
                    + "{\"count\":\"9\",\"sum\":\"12.5\",\"buckets\":[[1,\"-1\",\"-0.5\",\"3\"],"
                    + "[3,\"-0.5\",\"0.5\",\"2\"],[0,\"1\",\"2\",\"3\"],[0,\"4\",\"8\",\"1\"]]}]}]}"));
    give(
        new Matrix(
            List.of(
                new SeriesColumns(
                    labels,
                    2,
                    new long[] {1000, 2500, 0},
                    new double[] {1, 0.25, 0},
                    0,
                    new long[0],
                    new FloatHistogram[0]))),
        List.of(),
        List.of());
    assertThat(api.get("/api/v1/query_range?query=x&start=1&end=3&step=1"))
        .isEqualTo(
            success(
                "{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"__name__\":\"up\",\"job\":"
                    + "\"a\"},\"values\":[[1,\"1\"],[2.500,\"0.25\"]]}]}"));
    assertThat(queries.closed.getCount()).isZero();
  }

  @Test
  void limitsAndTellsSo() throws Exception {
    List<Sample> samples =
        IntStream.range(0, 3)
            .mapToObj(i -> new Sample(Labels.of("i", String.valueOf(i)), i, null))
            .toList();
    List<String> infos = IntStream.range(0, 12).mapToObj(i -> "info " + i).toList();
    give(new Vector(0, samples), List.of("w"), infos);
    String answer = api.get("/api/v1/query?query=x&limit=2&stats=foo");
    assertThat(answer)
        .contains("{\"i\":\"1\"}")
        .doesNotContain("{\"i\":\"2\"}")
        .contains("\"warnings\":[\"w\",\"results truncated due to limit\",\"value \\\"foo\\\" for")
        .contains("\"info 9\",\"2 more info annotations omitted\"]")
        .contains(
            "\"stats\":{\"timings\":{\"evalTotalTime\":0.5,\"resultSortTime\":0,"
                + "\"queryPreparationTime\":0,\"innerEvalTime\":0,\"execQueueTime\":1e-07,"
                + "\"execTotalTime\":0},\"samples\":{\"totalQueryableSamplesPerStep\":[[1.500,7]],"
                + "\"totalQueryableSamples\":7,\"samplesRead\":8,\"peakSamples\":9}}");
    assertThat(api.get("/api/v1/query?query=x&limit=3")).doesNotContain("truncated");
  }

  @Test
  void readsParametersAsTheReferenceDoes() throws Exception {
    give(new Scalar(0, 0), List.of(), List.of());
    api.get("/api/v1/query?query=a%2Bb+c&time=1.2346&timeout=1m&lookback_delta=90&stats=all");
    assertThat(queries.requests.getLast())
        .isEqualTo(
            new QueryRequest(
                "a+b c",
                1235,
                1235,
                0,
                60_000,
                90_000,
                true,
                new QueryOrigin.Http("127.0.0.1", "GET", "/api/v1/query")));
    api.get("/api/v1/query?query=x&time=2026-01-01T00:00:00.5%2B01:00");
    assertThat(queries.requests.getLast().start())
        .isEqualTo(java.time.Instant.parse("2025-12-31T23:00:00.5Z").toEpochMilli());
    api.get("/api/v1/query?query=x");
    assertThat(queries.requests.getLast().start()).isEqualTo(RunningApi.NOW.toEpochMilli());
    // The body counts before the URL.
    api.post("/api/v1/query?query=url&time=7", "query=b%C3%B6dy");
    assertThat(queries.requests.getLast().expression()).isEqualTo("bödy");
    assertThat(queries.requests.getLast().start()).isEqualTo(7000);
    api.get("/api/v1/query?query=x&time=-292273086-05-16T16:47:06Z");
    assertThat(queries.requests.getLast().start()).isEqualTo(Numbers.MIN_TIME);
  }

  @Test
  void refusesBadParametersInTheReferencesWords() throws Exception {
    Map<String, String> bad =
        Map.ofEntries(
            Map.entry(
                "query?query=x&time=abc",
                "invalid parameter \\\"time\\\": invalid time value for 'time': cannot parse"
                    + " \\\"abc\\\" to a valid timestamp"),
            Map.entry(
                "query?query=x&timeout=abc",
                "invalid parameter \\\"timeout\\\": cannot parse \\\"abc\\\" to a valid duration"),
            Map.entry(
                "query?query=x&timeout=1e300",
                "invalid parameter \\\"timeout\\\": cannot parse \\\"1e300\\\" to a valid duration."
                    + " It overflows int64"),
            Map.entry(
                "query?query=x&limit=abc",
                "invalid parameter \\\"limit\\\": strconv.Atoi: parsing \\\"abc\\\": invalid syntax"),
            Map.entry(
                "query?query=x&limit=-1",
                "invalid parameter \\\"limit\\\": limit must be non-negative"),
            Map.entry(
                "query?query=x&lookback_delta=x",
                "error parsing lookback delta duration: cannot parse \\\"x\\\" to a valid duration"),
            Map.entry(
                "query",
                "invalid parameter \\\"query\\\": unknown position: parse error: no expression found"
                    + " in input"),
            Map.entry(
                "query_range?query=x&start=5&end=4&step=1",
                "invalid parameter \\\"end\\\": end timestamp must not be before start time"),
            Map.entry(
                "query_range?query=x&start=5&end=6&step=0",
                "invalid parameter \\\"step\\\": zero or negative query resolution step widths are"
                    + " not accepted. Try a positive integer"),
            Map.entry(
                "query_range?query=x&start=0&end=11001&step=1",
                "exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the"
                    + " query resolution (?step=XX)"),
            Map.entry(
                "query_range?query=x&end=6&step=1",
                "invalid parameter \\\"start\\\": cannot parse \\\"\\\" to a valid timestamp"),
            Map.entry(
                "query?query=%zz", "error parsing form values: invalid URL escape \\\"%zz\\\""),
            Map.entry(
                "query_exemplars?query=x&start=2&end=1",
                "end timestamp must not be before start timestamp"));
    for (Map.Entry<String, String> e : bad.entrySet()) {
      // Sent as it is: the client's own URI would refuse a bad escape.
      if (!e.getKey().contains("%zz")) {
        assertThat(api.get("/api/v1/" + e.getKey()))
            .isEqualTo(error(400, "bad_data", e.getValue()));
      } else {
        assertThat(api.post("/api/v1/query", "query=%zz"))
            .isEqualTo(error(400, "bad_data", e.getValue()));
      }
    }
    assertThat(queries.requests).isEmpty();
    give(new Matrix(List.of()), List.of(), List.of());
    assertThat(api.get("/api/v1/query_range?query=x&start=0&end=11000&step=1")).startsWith("200 ");
  }

  @Test
  void failuresHaveTheirStatus() throws Exception {
    Map<QueryException.Kind, String> statuses =
        Map.of(
            QueryException.Kind.BAD_DATA, "400 bad_data",
            QueryException.Kind.EXECUTION, "422 execution",
            QueryException.Kind.CANCELED, "499 canceled",
            QueryException.Kind.TIMEOUT, "503 timeout",
            QueryException.Kind.INTERNAL, "500 internal");
    for (Map.Entry<QueryException.Kind, String> e : statuses.entrySet()) {
      queries.failure = new QueryException(e.getKey(), "m");
      String[] parts = e.getValue().split(" ", 2);
      assertThat(api.get("/api/v1/query?query=x"))
          .isEqualTo(error(Integer.parseInt(parts[0]), parts[1], "m"));
    }
    api.backends.engine = null;
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(error(503, "unavailable", "unavailable: the query engine is not running"));
  }

  @Test
  void aClientThatHangsUpCancelsItsQuery() throws Exception {
    queries.waitForCancel = true;
    api.gone.set(true);
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(error(499, "canceled", "query was canceled in query execution"));
    assertThat(queries.closed.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void listsTheQueriesThatRunAndCancelsThem() throws Exception {
    QueryRequest request =
        QueryRequest.range("up", 1_500, 3_000, 500)
            .from(new QueryOrigin.Http("127.0.0.1", "GET", "/api/v1/query_range"));
    queries.running.add(
        new RunningQueries.RunningQuery(
            7, request, Instant.parse("2026-01-02T03:04:05Z"), false, 12, 345));
    assertThat(api.get("/api/v1/narthex/queries"))
        .isEqualTo(
            success(
                "{\"queries\":[{\"id\":7,\"query\":\"up\",\"start\":1.500,\"end\":3,\"step\":0.5,"
                    + "\"since\":\"2026-01-02T03:04:05Z\",\"waiting\":false,\"samples\":12,"
                    + "\"bytes\":345,\"httpRequest\":{\"clientIP\":\"127.0.0.1\","
                    + "\"method\":\"GET\",\"path\":\"/api/v1/query_range\"}}]}"));
    assertThat(delete("/api/v1/narthex/queries/8")).isEqualTo(404);
    assertThat(delete("/api/v1/narthex/queries/x")).isEqualTo(400);
    assertThat(delete("/api/v1/narthex/queries/7")).isEqualTo(204);
    assertThat(queries.running).isEmpty();
  }

  private int delete(String path) throws Exception {
    return api.send(api.request(path).method("DELETE", BodyPublishers.noBody())).statusCode();
  }

  @Test
  void answersNothingUntilItIsReady() throws Exception {
    api.state = Readiness.State.NOT_READY;
    HttpResponse<String> starting = api.send(api.request("/api/v1/query?query=x"));
    assertThat(starting.statusCode()).isEqualTo(503);
    assertThat(starting.body()).isEqualTo("Service Unavailable");
    assertThat(starting.headers().firstValue("X-Prometheus-Stopping")).contains("false");
    api.state = Readiness.State.STOPPING;
    HttpResponse<String> stopping = api.send(api.request("/-/ready"));
    assertThat(stopping.statusCode()).isEqualTo(503);
    assertThat(stopping.headers().firstValue("X-Prometheus-Stopping")).contains("true");
    assertThat(api.get("/-/healthy")).isEqualTo("200 Prometheus Server is Healthy.\n");
    assertThat(api.get("/metrics")).isEqualTo("200 up 1\n");
    assertThat(api.get("/api/v1/status/walreplay"))
        .isEqualTo(success("{\"min\":0,\"max\":0,\"current\":0}"));
    assertThat(api.get("/api/v1/notifications")).contains("Prometheus is shutting down");
    api.state = Readiness.State.READY;
    assertThat(api.get("/-/ready")).isEqualTo("200 Prometheus Server is Ready.\n");
  }

  @Test
  void anAgentHasNoQueries() throws Exception {
    api.agent = true;
    assertThat(api.get("/api/v1/query?query=x"))
        .isEqualTo(error(422, "execution", "unavailable with Prometheus Agent"));
    assertThat(api.get("/-/healthy")).isEqualTo("200 Prometheus Agent is Healthy.\n");
    assertThat(api.get("/api/v1/status/buildinfo")).startsWith("200 ");
  }

  @Test
  void compresses() throws Exception {
    give(new Text(0, "text"), List.of(), List.of());
    HttpResponse<byte[]> gzip =
        api.sendForBytes(
            api.request("/api/v1/query?query=x").header("Accept-Encoding", "br, gzip, deflate"));
    assertThat(gzip.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(gzip.headers().allValues("Vary")).contains("Accept-Encoding", "Origin");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).endsWith("\"text\"]}}");
    }
    HttpResponse<byte[]> deflate =
        api.sendForBytes(api.request("/api/v1/query?query=").header("Accept-Encoding", "deflate"));
    assertThat(deflate.statusCode()).isEqualTo(400);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(deflate.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("bad_data");
    }
  }

  @Test
  void tellsBrowsersWhoMayRead() throws Exception {
    HttpResponse<String> good =
        api.send(
            api.request("/api/v1/query")
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://good.example"));
    assertThat(good.statusCode()).isEqualTo(204);
    assertThat(good.headers().firstValue("Access-Control-Allow-Origin"))
        .contains("https://good.example");
    assertThat(good.headers().firstValue("Access-Control-Allow-Methods"))
        .contains("GET, POST, OPTIONS");
    HttpResponse<String> bad =
        api.send(
            api.request("/api/v1/status/buildinfo").header("Origin", "https://evil-good.example"));
    assertThat(bad.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void boundsForms() throws Exception {
    // Refused by its length alone: a client that sent it all the same might find the connection
    // closed before it reads the answer.
    HttpResponse<String> refused =
        api.send(
            api.request("/api/v1/query")
                .expectContinue(true)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("query=" + "x".repeat(11 << 20))));
    assertThat(refused.statusCode() + " " + refused.body())
        .isEqualTo(error(400, "bad_data", "error parsing form values: http: POST too large"));
    assertThat(api.post("/api/v1/series", "match[]=a&".repeat(20_000)))
        .isEqualTo(error(400, "bad_data", "error parsing form values: too many parameters"));
  }

  @Test
  void formatsAndParses() throws Exception {
    assertThat(api.get("/api/v1/format_query?query=up"))
        .isEqualTo(success("\"up\\n  \\u003cformatted\\u003e\""));
    assertThat(api.get("/api/v1/parse_query?query=up")).isEqualTo(success("{\"type\":\"x\"}"));
    assertThat(api.get("/api/v1/query_exemplars?query=1")).isEqualTo("204 ");
  }
}
