package io.narthex.promql.internal.engine;

import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Offers {@link PromqlEngine} over the fan-out storage. */
@Component(
    configurationPid = "io.narthex.query",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class QueryEngineComponent implements QueryEngine {

  /** The query settings, named as the flags; durations are milliseconds. */
  public @interface Config {
    long query_lookback$_$delta() default EngineOptions.DEFAULT_LOOKBACK;

    long query_timeout() default EngineOptions.DEFAULT_TIMEOUT;

    int query_max$_$concurrency() default EngineOptions.DEFAULT_CONCURRENCY;

    long query_max$_$samples() default EngineOptions.DEFAULT_SAMPLES;

    /** The most bytes that one query may hold; 0 for a quarter of the heap. */
    long query_max$_$bytes() default 0;

    String[] enable$_$feature() default {};

    /** Where the file of active queries lies; without it there is none. */
    String storage_tsdb_path() default "";
  }

  private final PromqlEngine engine;

  @Activate
  public QueryEngineComponent(
      Config config,
      @Reference(target = "(" + Storage.ROLE + "=" + Storage.FANOUT + ")") Storage storage,
      @Reference Metrics metrics,
      @Reference EffectiveConfiguration configuration)
      throws IOException {
    EngineOptions options = options(config);
    String directory = config.storage_tsdb_path();
    ActiveQueries active =
        directory.isEmpty()
            ? ActiveQueries.NONE
            : new ActiveQueryFile(
                Path.of(directory), options.maxConcurrency(), InstantSource.system());
    engine =
        new PromqlEngine(
            storage,
            options,
            metrics,
            active,
            () -> configuration.current().global().evaluationInterval(),
            System::nanoTime,
            Math.max(0, Runtime.getRuntime().availableProcessors() - 1));
  }

  private static EngineOptions options(Config config) {
    long bytes = config.query_max$_$bytes();
    return new EngineOptions(
        config.query_lookback$_$delta(),
        config.query_timeout(),
        Math.max(1, config.query_max$_$concurrency()),
        config.query_max$_$samples(),
        bytes > 0 ? bytes : Runtime.getRuntime().maxMemory() / 4,
        Features.of(new HashSet<>(Arrays.asList(config.enable$_$feature()))));
  }

  @Override
  public Query prepare(QueryRequest request) throws QueryException {
    return engine.prepare(request);
  }

  @Deactivate
  void close() {
    engine.close();
  }
}
