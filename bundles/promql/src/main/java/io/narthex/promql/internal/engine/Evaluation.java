package io.narthex.promql.internal.engine;

import io.narthex.api.query.QueryRequest;
import io.narthex.api.query.QueryResult;
import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.engine.admission.WorkerPool;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.plan.Planner;
import io.narthex.promql.internal.engine.range.RangeInput;
import io.narthex.promql.internal.engine.range.RangeSource;
import io.narthex.promql.internal.engine.select.Selections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The evaluation of one query: planned first, then finished, maybe by another thread. */
final class Evaluation implements AutoCloseable {

  /** Samples and steps, about, that a query may touch on the thread of its request. */
  private static final double SMALL = 100_000;

  private final QueryRequest request;
  private final Timing timing;
  private final Execution ex;
  private final Steps steps;
  private final Selections selections;
  private final Planner planner;
  private final Supplier<QueryResult.Value> evaluate;

  Evaluation(
      PromqlEngine engine,
      QueryRequest request,
      Expr expr,
      Guard guard,
      WorkerPool workers,
      Timing timing) {
    this.request = request;
    this.timing = timing;
    EngineOptions o = engine.options();
    Features features = o.features();
    Notes notes = new Notes(request.expression());
    steps = steps(guard);
    boolean perStep = request.perStepStatistics() && features.perStepStatistics();
    ex =
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
            workers);
    selections = new Selections(engine.storage(), guard, notes);
    planner =
        new Planner(ex, selections, request.start(), request.end(), engine.defaultSubqueryStep());
    evaluate = plan(expr);
    timing.prepared();
  }

  private Steps steps(Guard guard) {
    if (request.isInstant()) {
      return Steps.single(request.start());
    }
    long count = (request.end() - request.start()) / request.step() + 1;
    guard.checkFits(count);
    return new Steps(request.start(), request.step(), (int) count);
  }

  private Supplier<QueryResult.Value> plan(Expr expr) {
    ResultBuilder results = new ResultBuilder(ex);
    boolean instant = request.isInstant();
    return switch (expr.type()) {
      case STRING -> () -> new QueryResult.Text(request.start(), Planner.text(expr));
      case SCALAR -> {
        var scalar = planner.scalar(expr, steps);
        yield () ->
            instant
                ? new QueryResult.Scalar(request.start(), scalar.values()[0])
                : scalarMatrix(scalar.values());
      }
      case VECTOR -> {
        var operator = planner.vector(expr, steps);
        yield () -> instant ? results.vector(operator) : results.matrix(operator);
      }
      case MATRIX -> {
        RangeSource source = planner.range(expr, steps);
        RangeInput in =
            new RangeInput(
                ex, source.windows(), false, List.of(), expr.position(), expr.position());
        yield () -> results.ranges(source, in, Planner.extension(expr));
      }
      case NONE -> throw new IllegalStateException("an expression without a type");
    };
  }

  /**
   * Whether it is so little work that another thread is not worth its price. Reads the series that
   * are selected if those can be few.
   */
  boolean isSmall() {
    double work = planner.work();
    return work < SMALL
        && selections.areNarrow()
        && selections.samples() + selections.series() * work < SMALL;
  }

  /** Evaluates; called once. */
  QueryResult finish() {
    QueryResult.Value value = evaluate.get();
    ex.guard().check();
    timing.finished();
    return new QueryResult(value, ex.notes().warnings(), ex.notes().infos(), statistics());
  }

  private QueryResult.Matrix scalarMatrix(double[] values) {
    long[] times = new long[values.length];
    for (int i = 0; i < times.length; i++) {
      times[i] = steps.at(i);
    }
    return new QueryResult.Matrix(
        List.of(
            new QueryResult.SeriesColumns(
                Labels.EMPTY, times.length, times, values, 0, new long[0], new FloatHistogram[0])));
  }

  /** What was counted until now. */
  QueryResult.Statistics statistics() {
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
  public void close() {
    selections.close();
  }
}
