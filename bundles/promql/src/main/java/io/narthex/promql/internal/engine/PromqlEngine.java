package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.parse.LanguageOptions;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.internal.parse.Parser;
import java.util.function.LongSupplier;

/** Evaluates PromQL over a storage. */
public final class PromqlEngine implements QueryEngine, AutoCloseable {

  private final Storage storage;
  private final EngineOptions options;
  private final EngineMetrics metrics;
  private final ActiveQueries active;
  private final LongSupplier defaultSubqueryStep;
  private final LongSupplier nanoClock;
  private final LanguageOptions language;
  private final QueryPlaces places;
  private final WorkerPool pool;

  /**
   * @param defaultSubqueryStep asked for each query, in milliseconds
   * @param nanoClock like {@link System#nanoTime}
   * @param helpers threads that help big queries
   */
  public PromqlEngine(
      Storage storage,
      EngineOptions options,
      Metrics registry,
      ActiveQueries active,
      LongSupplier defaultSubqueryStep,
      LongSupplier nanoClock,
      int helpers) {
    this.storage = storage;
    this.options = options;
    this.active = active;
    this.defaultSubqueryStep = defaultSubqueryStep;
    this.nanoClock = nanoClock;
    this.metrics = new EngineMetrics(registry, options.maxConcurrency());
    this.places = new QueryPlaces(options.maxConcurrency());
    this.metrics.showQueries(registry, places);
    this.pool = new WorkerPool(helpers);
    Features f = options.features();
    this.language = new LanguageOptions(f.functions(), f.extendedSelectors(), f.fill());
  }

  @Override
  public Query prepare(QueryRequest request) throws QueryException {
    Expr expr;
    try {
      expr = Parser.parse(request.expression(), language);
    } catch (ParseException e) {
      throw new QueryException(QueryException.Kind.BAD_DATA, String.valueOf(e.getMessage()), e);
    }
    if (!request.isInstant()
        && expr.type() != ValueType.SCALAR
        && expr.type() != ValueType.VECTOR) {
      throw new QueryException(
          QueryException.Kind.BAD_DATA,
          "invalid expression type \""
              + expr.type().documented()
              + "\" for range query, must be Scalar or instant Vector");
    }
    return new PreparedQuery(this, request, expr);
  }

  Storage storage() {
    return storage;
  }

  EngineOptions options() {
    return options;
  }

  EngineMetrics metrics() {
    return metrics;
  }

  ActiveQueries active() {
    return active;
  }

  QueryPlaces places() {
    return places;
  }

  WorkerPool pool() {
    return pool;
  }

  long defaultSubqueryStep() {
    return defaultSubqueryStep.getAsLong();
  }

  LongSupplier nanoClock() {
    return nanoClock;
  }

  /** Queries that still run end on their own threads. */
  @Override
  public void close() {
    pool.close();
    metrics.close();
    active.close();
  }
}
