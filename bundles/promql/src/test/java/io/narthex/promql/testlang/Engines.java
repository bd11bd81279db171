package io.narthex.promql.testlang;

import io.narthex.promql.internal.engine.ActiveQueries;
import io.narthex.promql.internal.engine.EngineOptions;
import io.narthex.promql.internal.engine.Features;
import io.narthex.promql.internal.engine.PromqlEngine;
import io.narthex.promql.internal.engine.QueryEnvironment;
import java.time.InstantSource;
import java.util.Set;

/** Engines for tests. */
public final class Engines {

  private Engines() {}

  /** With the server's defaults and experimental functions. */
  public static PromqlEngine over(MemoryStorage storage, int helpers) {
    return new PromqlEngine(
        storage,
        options(50_000_000, 20),
        new NoMetrics(),
        ActiveQueries.NONE,
        new QueryEnvironment(() -> 60_000, System::nanoTime, InstantSource.system(), helpers));
  }

  public static EngineOptions options(long maxSamples, int concurrency) {
    return new EngineOptions(
        300_000,
        120_000,
        concurrency,
        maxSamples,
        1L << 30,
        1L << 30,
        Features.of(Set.of("promql-experimental-functions")));
  }
}
