package io.narthex.promql.internal.engine.function;

import io.narthex.model.LabelMatcher;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.histogram.HistogramStatistics;
import io.narthex.promql.internal.engine.operator.ConstantScalar;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import io.narthex.promql.internal.engine.plan.Planner;
import io.narthex.promql.internal.engine.select.InstantSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The functions of vectors and scalars by name. Those of ranges are elsewhere. */
public final class Functions {

  /** Makes the operator of a function. */
  @FunctionalInterface
  private interface Maker {
    VectorOperator make(Planner planner, Expr.Call call, Steps steps);
  }

  private static final Map<String, Maker> VECTORS =
      Map.ofEntries(
          Map.entry("absent", (p, c, s) -> absent(first(p, c, s), c.arguments().getFirst())),
          Map.entry("clamp", (p, c, s) -> clamp(p, c, s, 1, 2)),
          Map.entry("clamp_min", (p, c, s) -> clamp(p, c, s, 1, -1)),
          Map.entry("clamp_max", (p, c, s) -> clamp(p, c, s, -1, 1)),
          Map.entry("histogram_avg", (p, c, s) -> part(p, c, s, h -> h.sum() / h.count())),
          Map.entry("histogram_count", (p, c, s) -> part(p, c, s, h -> h.count())),
          Map.entry("histogram_sum", (p, c, s) -> part(p, c, s, h -> h.sum())),
          Map.entry(
              "histogram_stddev",
              (p, c, s) -> part(p, c, s, h -> Math.sqrt(HistogramStatistics.variance(h)))),
          Map.entry("histogram_stdvar", (p, c, s) -> part(p, c, s, HistogramStatistics::variance)),
          Map.entry("histogram_fraction", Functions::histogramFraction),
          Map.entry("histogram_quantile", Functions::histogramQuantile),
          Map.entry("histogram_quantiles", Functions::histogramQuantiles),
          Map.entry("info", Functions::info),
          Map.entry(
              "label_join",
              (p, c, s) -> new MergeRows(LabelFunctions.join(first(p, c, s), texts(c, 1)), false)),
          Map.entry(
              "label_replace",
              (p, c, s) ->
                  new MergeRows(LabelFunctions.replace(first(p, c, s), texts(c, 1)), false)),
          Map.entry("round", Functions::round),
          Map.entry("sort", (p, c, s) -> sort(p, c, s, false)),
          Map.entry("sort_desc", (p, c, s) -> sort(p, c, s, true)),
          Map.entry("sort_by_label", (p, c, s) -> sortByLabel(p, c, s, false)),
          Map.entry("sort_by_label_desc", (p, c, s) -> sortByLabel(p, c, s, true)),
          Map.entry("timestamp", Functions::timestamp),
          Map.entry("start_timestamp", Functions::startTimestamp),
          Map.entry(
              "vector",
              (p, c, s) -> toVector(p.execution(), s, p.scalar(c.arguments().getFirst(), s))));

  private Functions() {}

  /** The operator of a call that gives a vector. */
  public static VectorOperator vector(Planner planner, Expr.Call call, Steps steps) {
    String name = call.function().name();
    ElementFunction element = ElementFunctions.find(name);
    if (element != null) {
      VectorOperator input =
          call.arguments().isEmpty()
              ? toVector(planner.execution(), steps, StepScalar.time(steps))
              : first(planner, call, steps);
      return new MergeRows(new Elementwise(input, element), false);
    }
    Maker maker = VECTORS.get(name);
    if (maker == null) {
      throw EvaluationFailure.of("not supported yet: function " + name);
    }
    return maker.make(planner, call, steps);
  }

  /** The operator of a call that gives a scalar. */
  public static ScalarOperator scalar(Planner planner, Expr.Call call, Steps steps) {
    List<Expr> args = call.arguments();
    String name = call.function().name();
    return switch (name) {
      case "pi" -> new ConstantScalar(Math.PI, steps.count());
      case "time" -> StepScalar.time(steps);
      case "scalar" -> new VectorScalarValue(first(planner, call, steps));
      case "max_of" ->
          StepScalar.of(
              planner.scalar(args.get(0), steps), planner.scalar(args.get(1), steps), GoMath::max);
      case "min_of" ->
          StepScalar.of(
              planner.scalar(args.get(0), steps), planner.scalar(args.get(1), steps), GoMath::min);
      case "start", "end", "range", "step" ->
          new ConstantScalar(planner.constant(name), steps.count());
      default -> throw EvaluationFailure.of("not supported yet: function " + name);
    };
  }

  public static ScalarOperator negate(ScalarOperator operand) {
    return StepScalar.negate(operand);
  }

  public static VectorOperator toVector(Execution ex, Steps steps, ScalarOperator scalar) {
    return new ScalarVector(ex, steps, scalar);
  }

  public static VectorOperator nothing(Execution ex, Steps steps) {
    return new NoRows(ex, steps);
  }

  /**
   * {@code absent} of the input.
   *
   * @param argument as it was written; a selector's matchers become labels
   */
  public static VectorOperator absent(VectorOperator input, Expr argument) {
    List<LabelMatcher> matchers =
        switch (Planner.strip(argument)) {
          case Expr.VectorSelector v -> v.matchers();
          case Expr.MatrixSelector m -> m.vector().matchers();
          default -> List.of();
        };
    return new Absent(input, matchers);
  }

  private static VectorOperator first(Planner p, Expr.Call c, Steps s) {
    return p.vector(c.arguments().getFirst(), s);
  }

  private static List<String> texts(Expr.Call c, int from) {
    List<String> texts = new ArrayList<>();
    for (Expr e : c.arguments().subList(from, c.arguments().size())) {
      texts.add(Planner.text(e));
    }
    return texts;
  }

  private static VectorOperator clamp(Planner p, Expr.Call c, Steps s, int min, int max) {
    ScalarOperator lower = min < 0 ? null : p.scalar(c.arguments().get(min), s);
    ScalarOperator upper = max < 0 ? null : p.scalar(c.arguments().get(max), s);
    return new MergeRows(new Clamp(first(p, c, s), lower, upper), false);
  }

  private static VectorOperator round(Planner p, Expr.Call c, Steps s) {
    ScalarOperator to =
        c.arguments().size() > 1
            ? p.scalar(c.arguments().get(1), s)
            : new ConstantScalar(1, s.count());
    return new MergeRows(new Round(first(p, c, s), to), false);
  }

  private static VectorOperator part(
      Planner p,
      Expr.Call c,
      Steps s,
      java.util.function.ToDoubleFunction<io.narthex.model.histogram.FloatHistogram> part) {
    return new MergeRows(new HistogramPart(first(p, c, s), part), false);
  }

  private static VectorOperator histogramQuantile(Planner p, Expr.Call c, Steps s) {
    Expr q = c.arguments().get(0);
    Expr v = c.arguments().get(1);
    return new MergeRows(
        new HistogramQuantile(
            p.vector(v, s), List.of(p.scalar(q, s)), "", v.position(), List.of(q.position())),
        false);
  }

  private static VectorOperator histogramQuantiles(Planner p, Expr.Call c, Steps s) {
    Expr v = c.arguments().get(0);
    List<ScalarOperator> quantiles = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    for (Expr q : c.arguments().subList(2, c.arguments().size())) {
      quantiles.add(p.scalar(q, s));
      positions.add(q.position());
    }
    return new MergeRows(
        new HistogramQuantile(
            p.vector(v, s), quantiles, Planner.text(c.arguments().get(1)), v.position(), positions),
        false);
  }

  private static VectorOperator histogramFraction(Planner p, Expr.Call c, Steps s) {
    Expr v = c.arguments().get(2);
    return new MergeRows(
        new HistogramFraction(
            p.vector(v, s),
            p.scalar(c.arguments().get(0), s),
            p.scalar(c.arguments().get(1), s),
            v.position()),
        false);
  }

  private static VectorOperator sort(Planner p, Expr.Call c, Steps s, boolean descending) {
    VectorOperator input = first(p, c, s);
    return ineffective(p, c, s) ? new FloatsOnly(input) : new Sort(input, descending);
  }

  private static VectorOperator sortByLabel(Planner p, Expr.Call c, Steps s, boolean descending) {
    VectorOperator input = first(p, c, s);
    return ineffective(p, c, s) ? input : new SortByLabel(input, texts(c, 1), descending);
  }

  private static boolean ineffective(Planner p, Expr.Call c, Steps s) {
    if (s.count() == 1) {
      return false;
    }
    p.execution()
        .notes()
        .warn(
            "sort is ineffective for range queries since results are always ordered by labels",
            c.position());
    return true;
  }

  private static VectorOperator timestamp(Planner p, Expr.Call c, Steps s) {
    if (Planner.strip(c.arguments().getFirst()) instanceof Expr.VectorSelector v
        && v.extension() == Extension.NONE) {
      return p.selector(v, s, InstantSelector.Part.TIME);
    }
    return new MergeRows(new StepTime(first(p, c, s)), false);
  }

  private static VectorOperator startTimestamp(Planner p, Expr.Call c, Steps s) {
    if (p.execution().features().startTimestamps()
        && Planner.strip(c.arguments().getFirst()) instanceof Expr.VectorSelector v
        && v.extension() == Extension.NONE) {
      return p.selector(v, s, InstantSelector.Part.START_TIME);
    }
    return nothing(p.execution(), s);
  }

  private static VectorOperator info(Planner p, Expr.Call c, Steps s) {
    Expr base = c.arguments().getFirst();
    if (base.type() != ValueType.VECTOR) {
      throw new IllegalStateException("info of " + base.type());
    }
    return InfoPlan.make(p, c, s);
  }
}
