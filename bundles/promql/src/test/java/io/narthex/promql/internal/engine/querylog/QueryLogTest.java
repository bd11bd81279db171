package io.narthex.promql.internal.engine.querylog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.Reconfigurable.Prepared;
import io.narthex.api.query.QueryEngine.Query;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult.Statistics;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.testlang.Engines;
import io.narthex.promql.testlang.MemoryStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QueryLogTest {

  @TempDir private Path folder;

  private static String line(QueryRequest request, Statistics statistics, String error) {
    Instant now = Instant.parse("2026-11-22T06:48:51.338896271Z");
    return new String(QueryLogLine.of(now, request, statistics, error), StandardCharsets.UTF_8);
  }

  @Test
  void aLineHasTheReferencesKeys() {
    Map<String, Double> timings = new LinkedHashMap<>();
    timings.put("evalTotalTime", 0.000102512);
    timings.put("resultSortTime", 7.11e-7);
    QueryRequest request =
        QueryRequest.range("a<\"b\"", 1000, 20_000, 1500)
            .from(new QueryOrigin.Http("127.0.0.1", "GET", "/api/v1/query_range"));
    assertThat(line(request, new Statistics(timings, 1, 2, 13, new long[] {1500, 1}, null), null))
        .isEqualTo(
            "{\"time\":\"2026-11-22T06:48:51.338896271Z\",\"level\":\"INFO\",\"source\":\"promql\","
                + "\"msg\":\"promql query logged\",\"params\":{\"end\":\"1970-01-01T00:00:20.000Z\","
                + "\"query\":\"a<\\\"b\\\"\",\"start\":\"1970-01-01T00:00:01.000Z\",\"step\":1},"
                + "\"stats\":{\"timings\":{\"evalTotalTime\":0.000102512,\"resultSortTime\":7.11e-7},"
                + "\"samples\":{\"totalQueryableSamplesPerStep\":[[1.5,1]],"
                + "\"totalQueryableSamples\":1,\"samplesRead\":2,\"peakSamples\":13}},"
                + "\"spanID\":\"0000000000000000\","
                + "\"traceID\":\"00000000000000000000000000000000\","
                + "\"httpRequest\":{\"clientIP\":\"127.0.0.1\",\"method\":\"GET\","
                + "\"path\":\"/api/v1/query_range\"}}\n");
    assertThat(line(QueryRequest.instant("x", 0).from(new QueryOrigin.Rule("f", "g")), null, "bad"))
        .contains("\"step\":0},\"error\":\"bad\",\"spanID\"")
        .endsWith("\"ruleGroup\":{\"file\":\"f\",\"name\":\"g\"}}\n");
  }

  @Test
  void everyQueryIsLoggedOnceTheConfigurationSaysSo() throws Exception {
    Path path = folder.resolve("q.log");
    try (PromqlEngine engine = Engines.over(new MemoryStorage(), 0)) {
      run(engine, "1");
      QueryLogChange.prepare(engine.log(), path.toString()).commit();
      run(engine, "vector(2)");
      run(engine, "label_replace(vector(1), \"a\", \"\", \"b\", \"(\")");
      assertThat(Files.readAllLines(path)).hasSize(2);
      assertThat(Files.readAllLines(path).get(0)).contains("\"query\":\"vector(2)\"", "\"stats\"");
      assertThat(Files.readAllLines(path).get(1)).contains("\"error\":\"");

      Files.move(path, folder.resolve("old.log"));
      QueryLogChange.prepare(engine.log(), path.toString()).commit();
      run(engine, "3");
      assertThat(Files.readAllLines(path)).hasSize(1);
      assertThat(Files.readAllLines(folder.resolve("old.log"))).hasSize(2);

      QueryLogChange.prepare(engine.log(), "").commit();
      run(engine, "4");
      assertThat(Files.readAllLines(path)).hasSize(1);
      assertThat(engine.log().isEnabled()).isFalse();
    }
  }

  @Test
  void aChangeThatIsTakenBackLeavesTheFileBefore() throws Exception {
    try (QueryLog log = new QueryLog(() -> {})) {
      Path first = folder.resolve("first.log");
      QueryLogChange.prepare(log, first.toString()).commit();
      Prepared second = QueryLogChange.prepare(log, folder.resolve("second.log").toString());
      second.commit();
      second.rollback();
      log.write("a\n".getBytes(StandardCharsets.UTF_8));
      QueryLogChange.prepare(log, folder.resolve("third.log").toString()).discard();
      log.write("b\n".getBytes(StandardCharsets.UTF_8));
      assertThat(Files.readAllLines(first)).isEqualTo(List.of("a", "b"));
    }
  }

  @Test
  void aFileThatCannotBeOpenedIsRefused() throws IOException {
    Path path = folder.resolve("no/such/folder/q.log");
    try (QueryLog log = new QueryLog(() -> {})) {
      assertThatThrownBy(() -> QueryLogChange.prepare(log, path.toString()))
          .isInstanceOf(ConfigurationException.class)
          .hasMessageStartingWith("query_log_file " + path + ": ");
    }
  }

  private static void run(PromqlEngine engine, String expression) throws QueryException {
    try (Query query = engine.prepare(QueryRequest.instant(expression, 1000))) {
      query.execute();
    } catch (QueryException e) {
      assertThat(expression).as("%s", e.getMessage()).contains("label_replace");
    }
  }
}
