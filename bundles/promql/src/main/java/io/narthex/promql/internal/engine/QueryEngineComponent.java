package io.narthex.promql.internal.engine;

import io.narthex.api.config.Configuration;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.EffectiveConfiguration;
import io.narthex.api.config.Reconfigurable;
import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.promql.internal.engine.querylog.QueryLogChange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Offers {@link PromqlEngine} over the fan-out storage, and opens its log as the configuration
 * says.
 */
@Component(
    service = {QueryEngine.class, RunningQueries.class, Reconfigurable.class},
    property = {Reconfigurable.ORDER + ":Integer=400"},
    configurationPid = "io.narthex.query",
    configurationPolicy = ConfigurationPolicy.OPTIONAL)
public final class QueryEngineComponent implements QueryEngine, RunningQueries, Reconfigurable {

  /** The query settings, named as the flags; durations are milliseconds. */
  public @interface Config {
    long query_lookback$_$delta() default EngineOptions.DEFAULT_LOOKBACK;

    long query_timeout() default EngineOptions.DEFAULT_TIMEOUT;

    int query_max$_$concurrency() default EngineOptions.DEFAULT_CONCURRENCY;

    long query_max$_$samples() default EngineOptions.DEFAULT_SAMPLES;

    /** The most bytes that one query may hold; 0 for a quarter of the heap. */
    long query_max$_$bytes() default 0;

    /** The most bytes that all queries together may hold; 0 for half of the heap. */
    long query_max$_$total$_$bytes() default 0;

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
            new QueryEnvironment(
                () -> configuration.current().global().evaluationInterval(),
                System::nanoTime,
                InstantSource.system(),
                Math.max(0, Runtime.getRuntime().availableProcessors() - 1)));
  }

  private static EngineOptions options(Config config) {
    long bytes = config.query_max$_$bytes();
    long total = config.query_max$_$total$_$bytes();
    long heap = Runtime.getRuntime().maxMemory();
    return new EngineOptions(
        config.query_lookback$_$delta(),
        config.query_timeout(),
        Math.max(1, config.query_max$_$concurrency()),
        config.query_max$_$samples(),
        bytes > 0 ? bytes : heap / 4,
        total > 0 ? total : heap / 2,
        Features.of(new HashSet<>(Arrays.asList(config.enable$_$feature()))));
  }

  @Override
  public Query prepare(QueryRequest request) throws QueryException {
    return engine.prepare(request);
  }

  @Override
  public List<RunningQuery> running() {
    return engine.running();
  }

  @Override
  public boolean cancel(long id) {
    return engine.cancel(id);
  }

  @Override
  public String reconfigurableName() {
    return "query engine";
  }

  @Override
  public Prepared prepare(Configuration next) throws ConfigurationException {
    return QueryLogChange.prepare(engine.log(), next.global().queryLogFile());
  }

  @Deactivate
  void close() {
    engine.close();
  }
}
