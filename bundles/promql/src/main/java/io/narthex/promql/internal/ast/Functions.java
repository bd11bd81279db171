package io.narthex.promql.internal.ast;

import static io.narthex.promql.internal.ast.ValueType.MATRIX;
import static io.narthex.promql.internal.ast.ValueType.SCALAR;
import static io.narthex.promql.internal.ast.ValueType.STRING;
import static io.narthex.promql.internal.ast.ValueType.VECTOR;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All functions by name. */
public final class Functions {

  private static final Map<String, FunctionSignature> BY_NAME = new TreeMap<>();

  static {
    for (String name :
        List.of(
            "abs",
            "acos",
            "acosh",
            "asin",
            "asinh",
            "atan",
            "atanh",
            "ceil",
            "cos",
            "cosh",
            "deg",
            "exp",
            "floor",
            "ln",
            "log10",
            "log2",
            "rad",
            "sgn",
            "sin",
            "sinh",
            "sqrt",
            "tan",
            "tanh",
            "absent",
            "timestamp",
            "sort",
            "sort_desc",
            "histogram_avg",
            "histogram_count",
            "histogram_stddev",
            "histogram_stdvar",
            "histogram_sum")) {
      add(name, VECTOR, VECTOR);
    }
    for (String name :
        List.of(
            "absent_over_time",
            "avg_over_time",
            "changes",
            "count_over_time",
            "delta",
            "deriv",
            "idelta",
            "increase",
            "irate",
            "last_over_time",
            "max_over_time",
            "min_over_time",
            "present_over_time",
            "rate",
            "resets",
            "stddev_over_time",
            "stdvar_over_time",
            "sum_over_time")) {
      add(name, VECTOR, MATRIX);
    }
    for (String name :
        List.of(
            "day_of_month",
            "day_of_week",
            "day_of_year",
            "days_in_month",
            "hour",
            "minute",
            "month",
            "year")) {
      variadic(name, 1, false, VECTOR);
    }
    add("clamp", VECTOR, VECTOR, SCALAR, SCALAR);
    add("clamp_max", VECTOR, VECTOR, SCALAR);
    add("clamp_min", VECTOR, VECTOR, SCALAR);
    add("histogram_fraction", VECTOR, SCALAR, SCALAR, VECTOR);
    add("histogram_quantile", VECTOR, SCALAR, VECTOR);
    add("label_replace", VECTOR, VECTOR, STRING, STRING, STRING, STRING);
    add("pi", SCALAR);
    add("predict_linear", VECTOR, MATRIX, SCALAR);
    add("quantile_over_time", VECTOR, SCALAR, MATRIX);
    add("scalar", SCALAR, VECTOR);
    add("time", SCALAR);
    add("vector", VECTOR, SCALAR);
    variadic("label_join", -1, false, VECTOR, STRING, STRING, STRING);
    variadic("round", 1, false, VECTOR, SCALAR);
    addExperimental();
  }

  private Functions() {}

  private static void addExperimental() {
    for (String name :
        List.of(
            "first_over_time",
            "mad_over_time",
            "ts_of_first_over_time",
            "ts_of_last_over_time",
            "ts_of_max_over_time",
            "ts_of_min_over_time")) {
      experimental(name, VECTOR, MATRIX);
    }
    for (String name : List.of("start", "end", "range", "step")) {
      experimental(name, SCALAR);
    }
    experimental("double_exponential_smoothing", VECTOR, MATRIX, SCALAR, SCALAR);
    experimental("max_of", SCALAR, SCALAR, SCALAR);
    experimental("min_of", SCALAR, SCALAR, SCALAR);
    experimental("start_timestamp", VECTOR, VECTOR);
    variadic("histogram_quantiles", 9, true, VECTOR, STRING, SCALAR, SCALAR);
    variadic("info", 1, true, VECTOR, VECTOR);
    variadic("sort_by_label", -1, true, VECTOR, STRING);
    variadic("sort_by_label_desc", -1, true, VECTOR, STRING);
  }

  private static void add(String name, ValueType result, ValueType... arguments) {
    BY_NAME.put(name, new FunctionSignature(name, List.of(arguments), 0, result, false));
  }

  private static void experimental(String name, ValueType result, ValueType... arguments) {
    BY_NAME.put(name, new FunctionSignature(name, List.of(arguments), 0, result, true));
  }

  /** All variadic functions give a vector. */
  private static void variadic(
      String name, int variadic, boolean experimental, ValueType... arguments) {
    BY_NAME.put(
        name, new FunctionSignature(name, List.of(arguments), variadic, VECTOR, experimental));
  }

  /** The function of that name, null if there is none. */
  public static @Nullable FunctionSignature find(String name) {
    return BY_NAME.get(name);
  }

  /** All functions, by name. */
  public static Collection<FunctionSignature> all() {
    return Collections.unmodifiableCollection(BY_NAME.values());
  }
}
