package io.narthex.promql.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.query.QueryRequest;
import io.narthex.model.GoFloat;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.testlang.Engines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random queries over strange samples, here and in the reference program. A longer run: {@code
 * -Dnarthex.differential.queries=5000 -Dnarthex.differential.seed=7}.
 */
final class RandomDifferentialTest {

  private static final long START = StrangeSamples.START + 900_000 + 1_234;
  private static final long STEP = 47_000;
  private static final long END = START + 40 * STEP;

  private final long seed = Long.getLong("narthex.differential.seed", 1);
  private final int queries = Integer.getInteger("narthex.differential.queries", 300);
  private final List<String> report = new ArrayList<>();

  @Test
  void givesWhatTheReferenceGives(@TempDir Path folder) throws Exception {
    StrangeSamples samples = new StrangeSamples(seed);
    List<String> options =
        List.of(
            "--web.enable-remote-write-receiver",
            "--enable-feature=promql-experimental-functions,native-histograms");
    try (PeerPrometheus peer = new PeerPrometheus(folder, options);
        PromqlEngine engine = Engines.over(samples.storage(), 1)) {
      samples.writeTo(peer);
      StrangeQueries generator = new StrangeQueries(seed);
      for (int i = 0; i < queries; i++) {
        String query = generator.next();
        compare(
            "instant " + query,
            Answers.here(engine, QueryRequest.instant(query, START)),
            Answers.there(peer.get("query", "query", query, "time", time(START))));
        compare(
            "range " + query,
            Answers.here(engine, QueryRequest.range(query, START, END, STEP)),
            Answers.there(
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
    assertThat(report).as("seed %d, %d queries", seed, queries).isEmpty();
  }

  private static String time(long millis) {
    return GoFloat.f(millis / 1000.0);
  }

  private void compare(String query, Answers here, Answers there) {
    if (KnownDifferences.covers(query, here, there)) {
      return;
    }
    if (!here.error().equals(there.error())) {
      differ(query, "error", here.error(), there.error());
    } else if (!here.type().equals(there.type())) {
      differ(query, "type", here.type(), there.type());
    } else if (!here.series().keySet().equals(there.series().keySet())) {
      differ(query, "series", here.series().keySet(), there.series().keySet());
    } else {
      there.series().forEach((labels, points) -> points(query, labels, here, points));
      annotations(query, "warnings", here.warnings(), there.warnings());
      annotations(query, "infos", here.infos(), there.infos());
    }
  }

  private void points(String query, String labels, Answers here, Map<Long, List<Double>> points) {
    Map<Long, List<Double>> own = Objects.requireNonNull(here.series().get(labels));
    if (!own.keySet().equals(points.keySet())) {
      differ(query, "times of " + labels, own.keySet(), points.keySet());
      return;
    }
    points.forEach((t, v) -> {
      if (!equal(Objects.requireNonNull(own.get(t)), v)) {
        differ(query, labels + " at " + t, own.get(t), v);
      }
    });
  }

  private void annotations(String query, String what, TreeSet<String> here, TreeSet<String> there) {
    if (!KnownDifferences.plain(here).equals(KnownDifferences.plain(there))) {
      differ(query, what, here, there);
    }
  }

  private void differ(String query, String what, Object here, Object there) {
    if (report.size() < 200) {
      report.add(query + "\n  " + what + "\n  here  " + cut(here) + "\n  there " + cut(there));
    }
  }

  private static String cut(Object value) {
    String text = String.valueOf(value);
    return text.length() > 500 ? text.substring(0, 500) : text;
  }

  private static boolean equal(List<Double> a, List<Double> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      double x = a.get(i);
      double y = b.get(i);
      double tolerance = 1e-12 * Math.max(Math.abs(x), Math.abs(y));
      if (x != y && !(Double.isNaN(x) && Double.isNaN(y)) && !(Math.abs(x - y) <= tolerance)) {
        return false;
      }
    }
    return true;
  }
}
