package io.narthex.benchmarks;

import java.time.InstantSource;
import io.narthex.promql.internal.engine.QueryEnvironment;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.ActiveQueries;
import io.narthex.promql.internal.engine.EngineOptions;
import io.narthex.promql.internal.engine.Features;
import io.narthex.promql.internal.engine.PromqlEngine;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Whole queries over 5000 series of four hours: rates, aggregations, matching. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class QueryBenchmark {

  private static final int STEP = 15_000;

  @Param({
    "one",
    "c_total",
    "rate(c_total[5m])",
    "sum by (zone) (rate(c_total[5m]))",
    "max_over_time(c_total[1h])",
    "stddev_over_time(c_total[30m])",
    "quantile_over_time(0.9, c_total[1h])",
    "topk(5, c_total)",
    "c_total * on (instance) group_left (version) info",
    "c_total / c_total"
  })
  public String query;

  @Param({"true", "false"})
  public boolean instant;

  /** Threads that help; one is what a machine with two cores has. */
  @Param("0")
  public int helpers;

  private PromqlEngine engine;

  @Setup
  public void setUp() {
    ColumnStorage storage = new ColumnStorage();
    Random random = new Random(1);
    int samples = 960;
    long[] times = new long[samples];
    for (int j = 0; j < samples; j++) {
      times[j] = (long) j * STEP;
    }
    for (int i = 0; i < 5000; i++) {
      double[] values = new double[samples];
      for (int j = 1; j < samples; j++) {
        values[j] = random.nextInt(500) == 0 ? 0 : values[j - 1] + random.nextInt(10);
      }
      String[] labels = {
        "__name__", "c_total", "instance", "i" + i % 500, "pod", "p" + i, "zone", "z" + i % 10
      };
      storage.add(Labels.of(labels), times, values);
    }
    double[] ones = new double[samples];
    java.util.Arrays.fill(ones, 1);
    for (int i = 0; i < 500; i++) {
      storage.add(
          Labels.of("__name__", "info", "instance", "i" + i, "version", "v" + i % 5),
          times,
          ones);
    }
    storage.add(Labels.of("__name__", "one"), times, ones);
    engine =
        new PromqlEngine(
            storage,
            new EngineOptions(300_000, 120_000, 20, 50_000_000, 1L << 31, 1L << 31, Features.NONE),
            new SilentMetrics(),
            ActiveQueries.NONE,
            new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.system(), helpers));
  }

  @Benchmark
  public QueryResult run() throws QueryException {
    QueryRequest request =
        instant
            ? QueryRequest.instant(query, 14_000_000)
            : QueryRequest.range(query, 3_600_000, 14_390_000, 60_000);
    try (QueryEngine.Query prepared = engine.prepare(request)) {
      return prepared.execute();
    }
  }

  @TearDown
  public void tearDown() {
    engine.close();
  }
}
