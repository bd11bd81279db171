package io.narthex.promql.internal.engine.plan;

import io.narthex.api.storage.SelectHints;
import io.narthex.promql.internal.ast.At;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.DurationExpr;
import io.narthex.promql.internal.ast.Expr;
import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.ast.TimeShift;
import io.narthex.promql.internal.ast.ValueType;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.aggregate.Aggregations;
import io.narthex.promql.internal.engine.binary.Or;
import io.narthex.promql.internal.engine.binary.ScalarBinary;
import io.narthex.promql.internal.engine.binary.SetOperator;
import io.narthex.promql.internal.engine.binary.VectorScalar;
import io.narthex.promql.internal.engine.binary.VectorVector;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.function.Functions;
import io.narthex.promql.internal.engine.function.Negate;
import io.narthex.promql.internal.engine.operator.ConstantScalar;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.Replicate;
import io.narthex.promql.internal.engine.operator.ReplicateScalar;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import io.narthex.promql.internal.engine.range.RangeFunction;
import io.narthex.promql.internal.engine.range.RangeFunctions;
import io.narthex.promql.internal.engine.range.RangeOperator;
import io.narthex.promql.internal.engine.range.RangeSource;
import io.narthex.promql.internal.engine.range.SelectorSource;
import io.narthex.promql.internal.engine.range.SubquerySource;
import io.narthex.promql.internal.engine.select.InstantSelector;
import io.narthex.promql.internal.engine.select.Selections;
import io.narthex.promql.internal.engine.select.SmoothedSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operators for a checked syntax tree. Times are resolved here, so that operators know
 * nothing of {@code offset} and {@code @}; every selection is asked for here, before any is read.
 */
public final class Planner {

  private final Execution ex;
  private final Selections selections;
  private final Durations durations;
  private final long start;
  private final long end;
  private final long defaultStep;

  /** What an aggregation or function around a selector tells the storage. */
  private String hintFunction = "";

  private List<String> hintGrouping = List.of();
  private boolean hintBy;

  /** Whether nothing but counts and sums of histograms will be looked at. */
  private boolean countsOnly;

  private double work;

  /**
   * @param start of the query
   * @param end of the query, which its last step may not reach
   * @param defaultStep of subqueries without one, in milliseconds
   */
  public Planner(Execution ex, Selections selections, long start, long end, long defaultStep) {
    this.ex = ex;
    this.selections = selections;
    this.start = start;
    this.end = end;
    this.defaultStep = defaultStep;
    this.durations =
        new Durations(start == end ? 0 : ex.queryStep() / 1000.0, (end - start) / 1000.0);
  }

  public Execution execution() {
    return ex;
  }

  public Selections selections() {
    return selections;
  }

  /** The start of the query in seconds, and so on: what constant functions give. */
  public double constant(String function) {
    return switch (function) {
      case "start" -> start / 1000.0;
      case "end" -> end / 1000.0;
      case "range" -> (end - start) / 1000.0;
      case "step" -> start == end ? 0 : ex.queryStep() / 1000.0;
      default -> throw new IllegalArgumentException(function);
    };
  }

  /** The steps of all operators that were made, about: what a series costs. */
  public double work() {
    return work;
  }

  /** The operator for an expression whose type is an instant vector. */
  public VectorOperator vector(Expr expr, Steps steps) {
    work += steps.count();
    Expr e = strip(expr);
    if (steps.count() > 1 && Invariance.holds(e)) {
      return new Replicate(vector(e, Steps.single(steps.start())), steps);
    }
    return switch (e) {
      case Expr.VectorSelector v -> selector(v, steps, InstantSelector.Part.VALUE);
      case Expr.Unary u -> unary(u, steps);
      case Expr.Binary b -> binary(b, steps);
      case Expr.Aggregate a -> aggregate(a, steps);
      case Expr.Call c -> call(c, steps);
      case Expr.NumberLiteral n -> throw unexpected(e);
      case Expr.StringLiteral s -> throw unexpected(e);
      case Expr.MatrixSelector m -> throw unexpected(e);
      case Expr.Subquery s -> throw unexpected(e);
      case Expr.Paren p -> throw unexpected(e);
    };
  }

  private static IllegalStateException unexpected(Expr e) {
    return new IllegalStateException("no operator for " + e);
  }

  /** The expression without parentheses and plus signs around it. */
  public static Expr strip(Expr expr) {
    Expr e = expr;
    while (true) {
      if (e instanceof Expr.Paren p) {
        e = p.inner();
      } else if (e instanceof Expr.Unary u && !u.negative()) {
        e = u.operand();
      } else {
        return e;
      }
    }
  }

  /** The operator for an expression whose type is a scalar. */
  public ScalarOperator scalar(Expr expr, Steps steps) {
    work += steps.count();
    Expr e = strip(expr);
    if (e instanceof Expr.NumberLiteral n) {
      return new ConstantScalar(n.value(), steps.count());
    }
    if (steps.count() > 1 && Invariance.holds(e)) {
      return new ReplicateScalar(scalar(e, Steps.single(steps.start())), steps.count());
    }
    return switch (e) {
      case Expr.Unary u -> Functions.negate(scalar(u.operand(), steps));
      case Expr.Binary b ->
          new ScalarBinary(b.operator(), scalar(b.left(), steps), scalar(b.right(), steps));
      case Expr.Call c -> Functions.scalar(this, c, steps);
      default -> throw unexpected(e);
    };
  }

  /** The text of an expression whose type is a string. */
  public static String text(Expr expr) {
    if (strip(expr) instanceof Expr.StringLiteral s) {
      return s.value();
    }
    throw unexpected(expr);
  }

  /** The operator for a selector, which gives the given part of its samples. */
  public VectorOperator selector(Expr.VectorSelector v, Steps steps, InstantSelector.Part part) {
    if (v.extension() == Extension.ANCHORED) {
      throw EvaluationFailure.of("anchored modifier can only be used with range vectors");
    }
    boolean smoothed = v.extension() == Extension.SMOOTHED;
    Windows windows = windows(steps, v.shift(), ex.lookback(), 0, smoothed ? ex.lookback() : 0);
    var selection = selections.request(v.matchers(), hints(windows, 0));
    VectorOperator made =
        smoothed
            ? new SmoothedSelector(ex, selection, windows, v.position())
            : new InstantSelector(ex, selection, windows, part, countsOnly);
    return part == InstantSelector.Part.VALUE ? made : new MergeRows(made, false);
  }

  private SelectHints hints(Windows windows, long range) {
    return new SelectHints(
        windows.firstTime(),
        windows.lastTime(),
        false,
        ex.range() ? ex.queryStep() : 0,
        range,
        hintFunction,
        hintGrouping,
        hintBy,
        0);
  }

  private Windows windows(Steps steps, TimeShift shift, long range, long before, long after) {
    DurationExpr offset = shift.offset();
    At at = shift.at();
    long pinned =
        switch (at) {
          case null -> 0;
          case At.Time t -> t.timestamp();
          case At.Start s -> start;
          case At.End e -> end;
        };
    return new Windows(
        steps,
        offset == null ? 0 : durations.millis(offset),
        range,
        at != null,
        pinned,
        before,
        after);
  }

  /** The source of samples for an expression whose type is a range vector. */
  public RangeSource range(Expr expr, Steps steps) {
    return switch (strip(expr)) {
      case Expr.MatrixSelector m -> {
        Expr.VectorSelector v = m.vector();
        long range = durations.positive(m.range());
        boolean extended = v.extension() != Extension.NONE;
        Windows windows =
            windows(
                steps,
                v.shift(),
                range,
                extended ? ex.lookback() : 0,
                v.extension() == Extension.SMOOTHED ? ex.lookback() : 0);
        var selection = selections.request(v.matchers(), hints(windows, range));
        yield new SelectorSource(ex, selection, windows, countsOnly);
      }
      case Expr.Subquery s -> subquery(s, steps);
      default -> throw unexpected(expr);
    };
  }

  private RangeSource subquery(Expr.Subquery s, Steps steps) {
    long range = durations.positive(s.range());
    DurationExpr stepExpr = s.step();
    long step = stepExpr == null ? defaultStep : durations.positive(stepExpr);
    Windows windows = windows(steps, s.shift(), range, 0, 0);
    long first = Math.floorDiv(windows.start(0), step) * step + step;
    long last = windows.end(steps.count() - 1);
    long count = Math.floorDiv(last - first, step) + 1;
    ex.guard().checkFits((double) (last - first) / step);
    if (count <= 0) {
      return new SubquerySource(Functions.nothing(ex, Steps.single(windows.end(0))), windows);
    }
    boolean before = countsOnly;
    countsOnly = false;
    VectorOperator inner = plain(s.inner(), new Steps(first, step, (int) count));
    countsOnly = before;
    return new SubquerySource(inner, windows);
  }

  /** An operator whose selectors get no hints from what is around. */
  private VectorOperator plain(Expr e, Steps steps) {
    hint("", List.of(), false);
    VectorOperator made =
        e.type() == ValueType.SCALAR
            ? Functions.toVector(ex, steps, scalar(e, steps))
            : vector(e, steps);
    hint("", List.of(), false);
    return made;
  }

  private void hint(String function, List<String> grouping, boolean by) {
    hintFunction = function;
    hintGrouping = grouping;
    hintBy = by;
  }

  /** The extension of a range selector. */
  public static Extension extension(Expr range) {
    return strip(range) instanceof Expr.MatrixSelector m ? m.vector().extension() : Extension.NONE;
  }

  private VectorOperator unary(Expr.Unary u, Steps steps) {
    return new MergeRows(new Negate(vector(u.operand(), steps)), false);
  }

  private VectorOperator binary(Expr.Binary b, Steps steps) {
    boolean leftScalar = b.left().type() == ValueType.SCALAR;
    boolean rightScalar = b.right().type() == ValueType.SCALAR;
    if (leftScalar || rightScalar) {
      VectorOperator input = plain(leftScalar ? b.right() : b.left(), steps);
      ScalarOperator operand = scalar(leftScalar ? b.left() : b.right(), steps);
      return new MergeRows(
          new VectorScalar(input, b.operator(), operand, leftScalar, b.returnBool(), b.position()),
          false);
    }
    VectorOperator left = plain(b.left(), steps);
    VectorOperator right = plain(b.right(), steps);
    VectorMatching matching = b.matching();
    if (matching == null) {
      throw unexpected(b);
    }
    BinaryOperator op = b.operator();
    if (op == BinaryOperator.OR) {
      return new MergeRows(new Or(left, right, matching), false);
    }
    return op.isSet()
        ? new SetOperator(left, right, op, matching)
        : new VectorVector(left, right, b);
  }

  private VectorOperator aggregate(Expr.Aggregate a, Steps steps) {
    Expr parameter = a.parameter();
    ScalarOperator scalar = null;
    String text = null;
    if (parameter != null && parameter.type() == ValueType.SCALAR) {
      scalar = scalar(parameter, steps);
    } else if (parameter != null) {
      text = text(parameter);
    }
    hint(a.operator().text(), a.grouping(), !a.without());
    VectorOperator input = vector(a.inner(), steps);
    hint("", List.of(), false);
    return Aggregations.make(a, input, scalar, text);
  }

  private VectorOperator call(Expr.Call c, Steps steps) {
    String name = c.function().name();
    int at = rangeArgument(c);
    if (at < 0) {
      boolean before = countsOnly;
      countsOnly =
          switch (name) {
            case "histogram_count", "histogram_sum", "histogram_avg" -> true;
            case "histogram_quantile", "histogram_quantiles", "histogram_fraction" -> false;
            default -> before;
          };
      hint(name, List.of(), false);
      VectorOperator made = Functions.vector(this, c, steps);
      hint("", List.of(), false);
      countsOnly = before;
      return made;
    }
    Expr range = c.arguments().get(at);
    List<ScalarOperator> scalars = new ArrayList<>();
    @Nullable Expr firstScalar = null;
    for (Expr argument : c.arguments()) {
      if (argument.type() == ValueType.SCALAR) {
        scalars.add(scalar(argument, steps));
        firstScalar = firstScalar == null ? argument : firstScalar;
      }
    }
    Supplier<RangeFunction> function = RangeFunctions.find(name, extension(range));
    if (function == null) {
      throw unexpected(c);
    }
    hint(name, List.of(), false);
    RangeSource source = range(range, steps);
    hint("", List.of(), false);
    VectorOperator made =
        new RangeOperator(
            ex,
            source,
            name,
            function,
            scalars,
            range.position(),
            firstScalar == null ? range.position() : firstScalar.position());
    return name.equals("absent_over_time")
        ? Functions.absent(made, range)
        : new MergeRows(made, true);
  }

  private static int rangeArgument(Expr.Call c) {
    for (int i = 0; i < c.arguments().size(); i++) {
      if (c.arguments().get(i).type() == ValueType.MATRIX) {
        return i;
      }
    }
    return -1;
  }
}
