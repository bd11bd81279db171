package io.narthex.promql.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.ActiveQueries;
import io.narthex.promql.internal.engine.EngineOptions;
import io.narthex.promql.internal.engine.Features;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.internal.engine.QueryEnvironment;
import io.narthex.promql.testlang.NoMetrics;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates the same queries over the same samples here and in the reference program. */
final class DifferentialTest {

  private static final long START = GeneratedSamples.START + 1_800_000 + 1_234;
  private static final long END = START + 2_400_000;
  private static final long STEP = 37_000;

  /** What a query gives, or the kind of its error. */
  private record Outcome(String error, boolean ordered, Map<String, Map<Long, Double>> series) {}

  @Test
  void givesWhatTheReferenceGives(@TempDir Path folder) throws Exception {
    GeneratedSamples samples = new GeneratedSamples();
    StringBuilder report = new StringBuilder();
    try (PeerPrometheus peer = new PeerPrometheus(folder, samples.text());
        PromqlEngine engine =
            new PromqlEngine(
                samples.storage(),
                new EngineOptions(
                    300_000,
                    60_000,
                    20,
                    50_000_000,
                    1L << 30,
                    1L << 30,
                    Features.of(Set.of("promql-experimental-functions"))),
                new NoMetrics(),
                ActiveQueries.NONE,
                new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.system(), 1))) {
      for (String query : new GeneratedQueries().all()) {
        compare(
            report,
            query,
            "instant",
            here(engine, QueryRequest.instant(query, START)),
            peer(peer.get("query", "query", query, "time", time(START))));
        compare(
            report,
            query,
            "range",
            here(engine, QueryRequest.range(query, START, END, STEP)),
            peer(
                peer.get(
                    "query_range",
                    "query",
                    query,
                    "start",
                    time(START),
                    "end",
                    time(END),
                    "step",
                    time(STEP))));
      }
    }
    assertThat(report.toString()).isEmpty();
  }

  private static String time(long millis) {
    return GoFloat.f(millis / 1000.0);
  }

  private static Outcome here(PromqlEngine engine, QueryRequest request) {
    Map<String, Map<Long, Double>> series = new TreeMap<>();
    try (var query = engine.prepare(request)) {
      switch (query.execute().value()) {
        case QueryResult.Scalar s -> series.put("scalar", Map.of(s.timestamp(), s.value()));
        case QueryResult.Text t -> series.put("string " + t.value(), Map.of());
        case QueryResult.Vector v -> {
          for (QueryResult.Sample s : v.samples()) {
            series.put(s.labels().toString(), Map.of(v.timestamp(), s.value()));
          }
        }
        case QueryResult.Matrix m -> {
          for (QueryResult.SeriesColumns s : m.series()) {
            Map<Long, Double> points = new TreeMap<>();
            for (int i = 0; i < s.floats(); i++) {
              points.put(s.floatTimes()[i], s.floatValues()[i]);
            }
            series.put(s.labels().toString(), points);
          }
        }
      }
      return new Outcome("", false, series);
    } catch (QueryException e) {
      return new Outcome(e.kind().name(), false, Map.of("error " + e.getMessage(), Map.of()));
    }
  }

  @SuppressWarnings("unchecked") // the shape of the answer is known
  private static Outcome peer(Map<String, Object> answer) {
    if (!"success".equals(answer.get("status"))) {
      String kind = "bad_data".equals(answer.get("errorType")) ? "BAD_DATA" : "EXECUTION";
      return new Outcome(kind, false, Map.of("error " + answer.get("error"), Map.of()));
    }
    Map<String, Object> data = (Map<String, Object>) answer.get("data");
    Map<String, Map<Long, Double>> series = new TreeMap<>();
    List<Object> result = (List<Object>) data.get("result");
    switch ((String) data.get("resultType")) {
      case "scalar" -> series.put("scalar", points(List.of(result)));
      case "string" -> series.put("string " + result.get(1), Map.of());
      default -> {
        for (Object o : result) {
          Map<String, Object> one = (Map<String, Object>) o;
          Map<String, String> metric = (Map<String, String>) one.get("metric");
          Object values = one.containsKey("value") ? List.of(one.get("value")) : one.get("values");
          series.put(Labels.of(metric).toString(), points((List<Object>) values));
        }
      }
    }
    return new Outcome("", false, series);
  }

  private static Map<Long, Double> points(List<Object> pairs) {
    Map<Long, Double> points = new TreeMap<>();
    for (Object o : pairs) {
      List<?> pair = (List<?>) o;
      String value = ((String) pair.get(1)).replace("Inf", "Infinity");
      points.put(Math.round((Double) pair.get(0) * 1000), Double.parseDouble(value));
    }
    return points;
  }

  private static void compare(
      StringBuilder report, String query, String kind, Outcome here, Outcome peer) {
    List<String> differences = new ArrayList<>();
    if (!here.error().equals(peer.error())) {
      differences.add("here " + here.error() + here.series().keySet());
      differences.add("there " + peer.error() + peer.series().keySet());
    } else if (here.error().isEmpty()) {
      if (!here.series().keySet().equals(peer.series().keySet())) {
        differences.add("here " + here.series().keySet());
        differences.add("there " + peer.series().keySet());
      } else {
        peer.series().forEach((labels, points) -> points(differences, here, labels, points));
      }
    }
    for (String d : differences.subList(0, Math.min(3, differences.size()))) {
      report.append(kind).append(' ').append(query).append(": ");
      report.append(d.length() > 400 ? d.substring(0, 400) : d).append('\n');
    }
  }

  private static void points(
      List<String> differences, Outcome here, String labels, Map<Long, Double> points) {
    Map<Long, Double> own = here.series().get(labels);
    if (!own.keySet().equals(points.keySet())) {
      differences.add(labels + " has " + own.keySet() + ", there " + points.keySet());
      return;
    }
    points.forEach((t, v) -> {
      if (!equal(own.get(t), v)) {
        differences.add(labels + " at " + t + " is " + own.get(t) + ", there " + v);
      }
    });
  }

  private static boolean equal(double a, double b) {
    return a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b));
  }
}
