package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryOrigin;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.RunningQueries;
import io.narthex.api.storage.Storage;
import io.narthex.api.telemetry.Metrics;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.engine.admission.Lane;
import io.narthex.promql.internal.engine.admission.MemoryBudget;
import io.narthex.promql.internal.engine.admission.QueryPlaces;
import io.narthex.promql.internal.engine.admission.QueryRegister;
import io.narthex.promql.internal.engine.admission.QueryThreads;
import io.narthex.promql.internal.engine.admission.WorkerPool;
import io.narthex.promql.internal.engine.querylog.QueryLog;
import io.narthex.promql.internal.parse.LanguageOptions;
import io.narthex.promql.internal.parse.ParseException;
import io.narthex.promql.internal.parse.Parser;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/** Evaluates PromQL over a storage. */
public final class PromqlEngine implements QueryEngine, RunningQueries, AutoCloseable {

  private final Storage storage;
  private final EngineOptions options;
  private final QueryEnvironment environment;
  private final EngineMetrics metrics;
  private final ActiveQueries active;
  private final LanguageOptions language;
  private final MemoryBudget budget;
  private final QueryThreads threads = new QueryThreads();
  private final QueryRegister register;
  private final Lane interactive;
  private final Lane rules;
  private final QueryLog log;

  public PromqlEngine(
      Storage storage,
      EngineOptions options,
      Metrics registry,
      ActiveQueries active,
      QueryEnvironment environment) {
    this.storage = storage;
    this.options = options;
    this.environment = environment;
    this.active = active;
    this.metrics = new EngineMetrics(registry, options.maxConcurrency());
    this.budget = new MemoryBudget(options.maxTotalBytes());
    this.register = new QueryRegister(environment.clock());
    this.interactive = newLane("promql-worker-");
    this.rules = newLane("promql-rule-worker-");
    this.log = new QueryLog(metrics::logFailed);
    metrics.showQueries(
        registry, () -> interactive.places().queries() + rules.places().queries(), log);
    Features f = options.features();
    this.language = new LanguageOptions(f.functions(), f.extendedSelectors(), f.fill());
  }

  private Lane newLane(String name) {
    return new Lane(
        new QueryPlaces(options.maxConcurrency()), new WorkerPool(name, environment.helpers()));
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

  @Override
  public List<RunningQuery> running() {
    return register.running();
  }

  @Override
  public boolean cancel(long id) {
    return register.cancel(id);
  }

  /** The log of queries; it has no file at first. */
  public QueryLog log() {
    return log;
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

  Lane lane(QueryOrigin origin) {
    return origin instanceof QueryOrigin.Rule ? rules : interactive;
  }

  QueryRegister register() {
    return register;
  }

  QueryThreads threads() {
    return threads;
  }

  MemoryBudget budget() {
    return budget;
  }

  long defaultSubqueryStep() {
    return environment.defaultSubqueryStep().getAsLong();
  }

  LongSupplier nanoClock() {
    return environment.nanoClock();
  }

  InstantSource clock() {
    return environment.clock();
  }

  /** Cancels the queries that still run; they end soon. */
  @Override
  public void close() {
    register.cancelAll();
    threads.close();
    interactive.close();
    rules.close();
    metrics.close();
    active.close();
    log.close();
  }
}
