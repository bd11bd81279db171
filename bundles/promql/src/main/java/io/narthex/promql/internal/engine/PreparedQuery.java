package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.engine.admission.Lane;
import io.narthex.promql.internal.engine.admission.QueryRegister;
import io.narthex.promql.internal.engine.querylog.QueryLogLine;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query, from its place in the queue to its result. */
final class PreparedQuery implements QueryEngine.Query {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedQuery.class);

  private final PromqlEngine engine;
  private final QueryRequest request;
  private final Expr expr;
  private final Guard guard;
  private @Nullable Evaluation evaluation;

  PreparedQuery(PromqlEngine engine, QueryRequest request, Expr expr) {
    this.engine = engine;
    this.request = request;
    this.expr = expr;
    EngineOptions o = engine.options();
    this.guard = new Guard(engine.nanoClock(), o.maxSamples(), o.maxBytes(), engine.budget());
  }

  @Override
  public QueryResult execute(BooleanSupplier abandoned) throws QueryException {
    try {
      QueryResult result = evaluate(abandoned);
      log(null);
      return result;
    } catch (QueryException e) {
      log(e.getMessage());
      throw e;
    }
  }

  private QueryResult evaluate(BooleanSupplier abandoned) throws QueryException {
    try {
      return admitted(abandoned);
    } catch (EvaluationFailure e) {
      throw e.toQueryException();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("query", request.expression())
          .setCause(e)
          .log("Unexpected failure of a query");
      throw new QueryException(QueryException.Kind.EXECUTION, "unexpected error: " + e, e);
    } catch (OutOfMemoryError e) {
      throw new QueryException(
          QueryException.Kind.EXECUTION, "out of memory in query execution", e);
    } catch (StackOverflowError e) {
      throw new QueryException(QueryException.Kind.EXECUTION, "expression is nested too deeply", e);
    }
  }

  private QueryResult admitted(BooleanSupplier abandoned) {
    long limit = engine.options().timeout();
    long timeout = request.timeout() > 0 ? Math.min(limit, request.timeout()) : limit;
    guard.expireAfter(TimeUnit.MILLISECONDS.toNanos(timeout));
    Timing timing = new Timing(engine.nanoClock(), engine.metrics());
    Lane lane = engine.lane(request.origin());
    try (QueryRegister.Entry entry = engine.register().enter(request, guard)) {
      lane.places().enter(guard, abandoned);
      try (ActiveQueries.Entry _ = engine.active().insert(request.expression())) {
        entry.started();
        timing.queued();
        return evaluate(lane, timing, abandoned);
      } finally {
        lane.places().leave();
      }
    }
  }

  private QueryResult evaluate(Lane lane, Timing timing, BooleanSupplier abandoned) {
    guard.check();
    try (Evaluation e = new Evaluation(engine, request, expr, guard, lane.workers(), timing)) {
      evaluation = e;
      QueryResult result =
          e.isSmall() ? e.finish() : engine.threads().call(e::finish, guard, abandoned);
      QueryResult.Statistics s = result.statistics();
      engine.metrics().count(s.totalQueryableSamples(), s.samplesRead());
      return result;
    }
  }

  private void log(@Nullable String error) {
    if (engine.log().isEnabled()) {
      Evaluation e = evaluation;
      engine
          .log()
          .write(
              QueryLogLine.of(
                  engine.clock().instant(), request, e == null ? null : e.statistics(), error));
    }
  }

  @Override
  public void cancel() {
    guard.cancel();
  }

  @Override
  public void close() {
    // The result holds arrays of its own: nothing of the storage is left to release.
    guard.cancel();
    guard.giveBackAll();
  }
}
