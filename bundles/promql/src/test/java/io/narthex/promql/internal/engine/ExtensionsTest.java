package io.narthex.promql.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.query.QueryEngine.Query;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.promql.testlang.MemoryStorage;
import io.narthex.promql.testlang.NoMetrics;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Experimental parts that the reference's scripts do not show. */
final class ExtensionsTest {

  private final MemoryStorage storage = new MemoryStorage();

  private QueryResult run(QueryRequest request) throws QueryException {
    try (PromqlEngine engine =
            new PromqlEngine(
                storage,
                new EngineOptions(
                    300_000,
                    60_000,
                    1,
                    10_000,
                    1L << 28,
                    1L << 28,
                    new Features(true, true, true, false, false, false, true)),
                new NoMetrics(),
                ActiveQueries.NONE,
                new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.system(), 0));
        Query query = engine.prepare(request)) {
      return query.execute();
    }
  }

  private QueryResult.SeriesColumns series(String expression, long time) throws QueryException {
    QueryResult.Value value = run(QueryRequest.instant(expression, time)).value();
    return ((QueryResult.Matrix) value).series().getFirst();
  }

  @Test
  void anExtendedRangeHasASampleAtEachBound() throws QueryException {
    for (int i = 0; i < 10; i++) {
      storage.add(Labels.of("__name__", "m"), i * 10_000L, i);
    }
    QueryResult.SeriesColumns anchored = series("m[20s] anchored", 45_000);
    assertThat(anchored.floatTimes()).containsExactly(25_000, 30_000, 40_000, 45_000);
    assertThat(anchored.floatValues()).containsExactly(2, 3, 4, 4);
    QueryResult.SeriesColumns smoothed = series("m[20s] smoothed", 45_000);
    assertThat(smoothed.floatTimes()).containsExactly(25_000, 30_000, 40_000, 45_000);
    assertThat(smoothed.floatValues()).containsExactly(2.5, 3, 4, 4.5);
  }

  @Test
  void histogramQuantilesMayDifferFromStepToStep() throws QueryException {
    for (String le : new String[] {"1", "2", "+Inf"}) {
      Labels labels = Labels.of("__name__", "b", "le", le);
      double count = le.equals("1") ? 5 : 10;
      storage.add(labels, 0, count);
      storage.add(labels, 60_000, count);
    }
    QueryResult.Matrix m =
        (QueryResult.Matrix)
            run(QueryRequest.range(
                    "histogram_quantiles(b, \"q\", (time() + 30) / 120)", 0, 60_000, 60_000))
                .value();
    assertThat(m.series().stream().map(s -> s.labels().get("q")).toList())
        .containsExactly("0.25", "0.75");
    assertThat(m.series().stream().map(s -> s.floatTimes()[0]).toList())
        .containsExactly(0L, 60_000L);
    assertThat(m.series().stream().map(s -> s.floatValues()[0]).toList()).containsExactly(0.5, 1.5);
  }

  @Test
  void samplesAreCountedByStep() throws QueryException {
    for (int i = 0; i < 10; i++) {
      storage.add(Labels.of("__name__", "m"), i * 10_000L, i);
    }
    QueryRequest request =
        new QueryRequest(
            "sum_over_time(m[20s])", 20_000, 40_000, 10_000, 0, 0, true, QueryOrigin.INTERNAL);
    QueryResult.Statistics statistics = run(request).statistics();
    assertThat(statistics.totalQueryableSamples()).isEqualTo(6);
    assertThat(Arrays.toString(statistics.samplesPerStep()))
        .isEqualTo("[20000, 2, 30000, 2, 40000, 2]");
    assertThat(statistics.timings()).containsKeys("evalTotalTime", "execQueueTime");
  }

  @Test
  void placesAreCountedInBytes() throws QueryException {
    QueryResult result =
        run(
            QueryRequest.instant(
                "label_replace(vector(1), \"é\", \"\", \"\", \"\") + on () quantile(2, vector(1))",
                0));
    assertThat(result.warnings())
        .containsExactly("PromQL warning: quantile value should be between 0 and 1, got 2 (1:61)");
  }
}
