package io.narthex.promql.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.testlang.Engines;
import io.narthex.promql.testlang.MemoryStorage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What must hold for every query. */
final class PropertyTest {

  private static final long START = GeneratedSamples.START + 1_800_000;
  private static final long STEP = 97_000;
  private static final int COUNT = 9;

  private static QueryResult.Value run(PromqlEngine engine, QueryRequest request)
      throws QueryException {
    try (var query = engine.prepare(request)) {
      return query.execute().value();
    }
  }

  @Test
  void aRangeQueryGivesWhatInstantQueriesGiveAtItsSteps() {
    try (PromqlEngine engine = Engines.over(new GeneratedSamples().storage(), 0)) {
      for (String query : new GeneratedQueries().all()) {
        compareWithInstants(engine, query);
      }
    }
  }

  private static void compareWithInstants(PromqlEngine engine, String query) {
    QueryResult.Value range;
    try {
      range = run(engine, QueryRequest.range(query, START, START + (COUNT - 1) * STEP, STEP));
    } catch (QueryException refused) {
      return;
    }
    if (!(range instanceof QueryResult.Matrix matrix) || query.contains("start()")) {
      return;
    }
    for (int k = 0; k < COUNT; k++) {
      long t = START + k * STEP;
      Map<Labels, Double> atStep = new HashMap<>();
      for (QueryResult.SeriesColumns s : matrix.series()) {
        int i = Arrays.binarySearch(s.floatTimes(), 0, s.floats(), t);
        if (i >= 0) {
          atStep.put(s.labels(), s.floatValues()[i]);
        }
      }
      Map<Labels, Double> instant = new HashMap<>();
      try {
        switch (run(engine, QueryRequest.instant(query, t))) {
          case QueryResult.Vector v -> v.samples().forEach(s -> instant.put(s.labels(), s.value()));
          case QueryResult.Scalar s -> instant.put(Labels.EMPTY, s.value());
          default -> throw new AssertionError(query);
        }
      } catch (QueryException e) {
        throw new AssertionError(query + " fails at " + t, e);
      }
      assertThat(atStep.keySet()).as(query).isEqualTo(instant.keySet());
      instant.forEach((labels, v) ->
          assertThat(near(atStep.get(labels), v))
              .as(query + " " + labels + " at " + t + ": " + atStep.get(labels) + ", " + v)
              .isTrue());
    }
  }

  private static boolean near(double a, double b) {
    return a == b
        || (Double.isNaN(a) && Double.isNaN(b))
        || Math.abs(a - b) <= 1e-11 * Math.max(Math.abs(a), Math.abs(b));
  }

  @Test
  void theResultDoesNotDependOnHowManyWork() throws QueryException {
    MemoryStorage storage = new MemoryStorage();
    Random random = new Random(3);
    for (int i = 0; i < 4000; i++) {
      Labels labels = Labels.of("__name__", "c_total", "pod", "p" + i, "zone", "z" + i % 7);
      double v = 0;
      for (int j = 0; j < 120; j++) {
        v += random.nextDouble() * Math.pow(10, random.nextInt(12));
        storage.add(labels, START + j * 15_000L, v);
      }
    }
    QueryRequest request =
        QueryRequest.range(
            "sum by (zone) (rate(c_total[5m])) / avg by (zone) (c_total)",
            START,
            START + 1_800_000,
            15_000);
    QueryRequest top =
        QueryRequest.range("topk(3, increase(c_total[2m]))", START, START + 1_800_000, 15_000);
    try (PromqlEngine alone = Engines.over(storage, 0);
        PromqlEngine shared = Engines.over(storage, 3)) {
      for (QueryRequest r : List.of(request, top)) {
        assertThat(bits(run(shared, r))).isEqualTo(bits(run(alone, r)));
      }
    }
  }

  /** All values, to the bit. */
  private static Map<Labels, List<Long>> bits(QueryResult.Value value) {
    Map<Labels, List<Long>> bits = new HashMap<>();
    for (QueryResult.SeriesColumns s : ((QueryResult.Matrix) value).series()) {
      bits.put(
          s.labels(),
          Arrays.stream(s.floatValues(), 0, s.floats())
              .mapToObj(Double::doubleToRawLongBits)
              .toList());
    }
    return bits;
  }
}
