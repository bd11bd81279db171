package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryEngine;
import io.narthex.api.query.QueryException;
import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.plan.Planner;
import io.narthex.promql.internal.engine.range.RangeInput;
import io.narthex.promql.internal.engine.range.RangeSource;
import io.narthex.promql.internal.engine.select.Selections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query, from its place in the queue to its result. */
final class PreparedQuery implements QueryEngine.Query {

  private static final Logger LOG = LoggerFactory.getLogger(PreparedQuery.class);

  private final PromqlEngine engine;
  private final QueryRequest request;
  private final Expr expr;
  private final Guard guard;

  PreparedQuery(PromqlEngine engine, QueryRequest request, Expr expr) {
    this.engine = engine;
    this.request = request;
    this.expr = expr;
    EngineOptions o = engine.options();
    this.guard = new Guard(engine.nanoClock(), o.maxSamples(), o.maxBytes());
  }

  @Override
  public QueryResult execute() throws QueryException {
    long limit = engine.options().timeout();
    long timeout = request.timeout() > 0 ? Math.min(limit, request.timeout()) : limit;
    guard.expireAfter(TimeUnit.MILLISECONDS.toNanos(timeout));
    Timing timing = new Timing(engine.nanoClock(), engine.metrics());
    try {
      engine.places().enter(guard);
      try (ActiveQueries.Entry _ = engine.active().insert(request.expression())) {
        timing.queued();
        return evaluate(timing);
      } finally {
        engine.places().leave();
      }
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

  private QueryResult evaluate(Timing timing) {
    EngineOptions o = engine.options();
    Features features = o.features();
    Steps steps = steps();
    Notes notes = new Notes(request.expression());
    boolean perStep = request.perStepStatistics() && features.perStepStatistics();
    Execution ex =
        new Execution(
            steps,
            !request.isInstant(),
            request.step(),
            request.lookback() > 0 ? request.lookback() : o.lookback(),
            features,
            new Naming(features.delayedNames()),
            guard,
            notes,
            new SampleStatistics(perStep ? steps.count() : 0),
            engine.pool());
    try (Selections selections = new Selections(engine.storage(), guard, notes)) {
      Planner planner =
          new Planner(ex, selections, request.start(), request.end(), engine.defaultSubqueryStep());
      QueryResult.Value value = value(ex, planner, steps, timing);
      guard.check();
      timing.finished();
      engine.metrics().count(ex.statistics().queryable(), ex.statistics().read());
      return new QueryResult(value, notes.warnings(), notes.infos(), statistics(ex, steps, timing));
    }
  }

  private Steps steps() {
    if (request.isInstant()) {
      return Steps.single(request.start());
    }
    long count = (request.end() - request.start()) / request.step() + 1;
    guard.checkFits(count);
    return new Steps(request.start(), request.step(), (int) count);
  }

  private QueryResult.Value value(Execution ex, Planner planner, Steps steps, Timing timing) {
    ResultBuilder results = new ResultBuilder(ex);
    boolean instant = request.isInstant();
    return switch (expr.type()) {
      case STRING -> new QueryResult.Text(request.start(), Planner.text(expr));
      case SCALAR -> {
        var scalar = planner.scalar(expr, steps);
        timing.prepared();
        double[] values = scalar.values();
        yield instant
            ? new QueryResult.Scalar(request.start(), values[0])
            : scalarMatrix(steps, values);
      }
      case VECTOR -> {
        var operator = planner.vector(expr, steps);
        timing.prepared();
        yield instant ? results.vector(operator) : results.matrix(operator);
      }
      case MATRIX -> {
        RangeSource source = planner.range(expr, steps);
        timing.prepared();
        yield results.ranges(
            source,
            new RangeInput(
                ex, source.windows(), false, List.of(), expr.position(), expr.position()),
            Planner.extension(expr));
      }
      case NONE -> throw new IllegalStateException("an expression without a type");
    };
  }

  private static QueryResult.Matrix scalarMatrix(Steps steps, double[] values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = steps.at(i);
    }
    return new QueryResult.Matrix(
        List.of(
            new QueryResult.SeriesColumns(
                io.narthex.model.Labels.EMPTY,
                times.length,
                times,
                values,
                0,
                new long[0],
                new io.narthex.model.histogram.FloatHistogram[0])));
  }

  private static QueryResult.Statistics statistics(Execution ex, Steps steps, Timing timing) {
    SampleStatistics s = ex.statistics();
    Map<String, Double> timings = new LinkedHashMap<>(timing.seconds());
    long[] counts = s.perStep();
    long[] perStep = null;
    if (counts != null) {
      perStep = new long[counts.length * 2];
      for (int i = 0; i < counts.length; i++) {
        perStep[2 * i] = steps.at(i);
        perStep[2 * i + 1] = counts[i];
      }
    }
    return new QueryResult.Statistics(
        timings, s.queryable(), s.read(), ex.guard().peakSamples(), perStep, perStep);
  }

  @Override
  public void cancel() {
    guard.cancel();
  }

  @Override
  public void close() {
    // The result holds arrays of its own: nothing of the storage is left to release.
    guard.cancel();
  }
}
