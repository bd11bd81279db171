package io.narthex.promql.peer;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Queries over {@link GeneratedSamples}: each function and operator, and random combinations. */
final class GeneratedQueries {

  private static final String[] COUNTERS = {
    "cpu_seconds_total", "requests_total", "latency_seconds_bucket"
  };
  private static final String[] VECTORS = {
    "cpu_seconds_total{mode=\"idle\"}",
    "requests_total",
    "memory_bytes",
    "temperature",
    "odd",
    "{__name__=~\"temperature|odd\"}",
    "temperature offset 7m",
    "memory_bytes @ 1700003000.5",
    "nothing"
  };
  private static final String[] RANGE_FUNCTIONS = {
    "rate",
    "increase",
    "delta",
    "irate",
    "idelta",
    "deriv",
    "resets",
    "changes",
    "sum_over_time",
    "avg_over_time",
    "min_over_time",
    "max_over_time",
    "count_over_time",
    "stddev_over_time",
    "stdvar_over_time",
    "last_over_time",
    "present_over_time",
    "absent_over_time"
  };
  private static final String[] FUNCTIONS = {
    "abs",
    "ceil",
    "floor",
    "exp",
    "ln",
    "log2",
    "log10",
    "sqrt",
    "sgn",
    "sin",
    "asinh",
    "atan",
    "deg",
    "rad",
    "round",
    "absent",
    "timestamp",
    "minute",
    "day_of_week",
    "days_in_month",
    "year",
    "-",
    "sort",
    "sort_desc",
    "vector(scalar"
  };
  private static final String[] AGGREGATIONS = {
    "sum",
    "avg",
    "count",
    "min",
    "max",
    "stddev",
    "stdvar",
    "group",
    "quantile(0.7, ",
    "topk(2, ",
    "bottomk(2, ",
    "count_values(\"v\", "
  };
  private static final String[] GROUPINGS = {"", " by (instance)", " without (mode, code)"};
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "%", "^", "atan2", "==", "!=", ">", "<", ">=", "<=", "> bool", "and", "or",
    "unless"
  };

  private final Random random = new Random(11);

  List<String> all() {
    List<String> queries = new ArrayList<>(fixed());
    for (String f : RANGE_FUNCTIONS) {
      queries.add(f + "(requests_total[5m])");
      queries.add(f + "(temperature[3m] offset 90s)");
      queries.add(f + "(odd[10m])");
      queries.add(f + "(sum by (code) (requests_total)[10m:30s])");
    }
    for (String f : FUNCTIONS) {
      queries.add(call(f, "temperature"));
      queries.add(call(f, "odd"));
    }
    for (String a : AGGREGATIONS) {
      for (String g : GROUPINGS) {
        queries.add(aggregate(a, g, "requests_total"));
        queries.add(aggregate(a, g, "odd"));
      }
    }
    for (String op : OPERATORS) {
      queries.add("temperature " + op + " on (instance) memory_bytes");
      queries.add("memory_bytes " + op + " ignoring (job) temperature");
      if (!op.matches("and|or|unless")) {
        queries.add("odd " + op + " 3");
        queries.add("2.5 " + op + " temperature");
      }
    }
    for (int i = 0; i < 150; i++) {
      queries.add(vector(3));
    }
    return queries;
  }

  private static List<String> fixed() {
    return List.of(
        "1 + 2 * 3",
        "time() / 60",
        "\"text\"",
        "requests_total[2m]",
        "requests_total[5m:1m]",
        "rate(requests_total{code=\"500\"}[5m]) / ignoring (code) rate(requests_total{code=\"200\"}[5m])",
        "requests_total / on (instance) group_left (version) build_info",
        "build_info * on (instance) group_right (version) requests_total",
        "requests_total / on (instance) build_info",
        "requests_total + ignoring (code) requests_total",
        "sum by (le) (rate(latency_seconds_bucket[5m]))",
        "histogram_quantile(0.9, sum by (le) (rate(latency_seconds_bucket[5m])))",
        "histogram_quantile(0.5, latency_seconds_bucket)",
        "histogram_quantile(1.5, latency_seconds_bucket)",
        "histogram_fraction(0.2, 3, rate(latency_seconds_bucket[5m]))",
        "quantile_over_time(0.3, temperature[7m])",
        "quantile_over_time(2, temperature[7m])",
        "predict_linear(memory_bytes[10m], 600)",
        "double_exponential_smoothing(temperature[5m], 0.4, 0.3)",
        "label_replace(temperature, \"x\", \"$1-y\", \"instance\", \"i(.*)\")",
        "label_join(temperature, \"x\", \"-\", \"instance\", \"job\")",
        "label_replace(requests_total, \"code\", \"\", \"code\", \".*\")",
        "clamp(temperature, 29, 31)",
        "clamp_min(temperature, 30)",
        "clamp_max(odd, 50)",
        "round(temperature, 0.3)",
        "absent(nothing{a=\"b\", c=~\"d\"})",
        "absent_over_time(nothing{a=\"b\"}[5m])",
        "scalar(sum(temperature))",
        "sum(temperature) + scalar(temperature{instance=\"i0\"})",
        "max_over_time(rate(requests_total[1m])[10m:15s])",
        "sum(rate(requests_total[5m])) by (code) > 1",
        "sort_by_label_desc(temperature, \"instance\")",
        "topk(1, temperature) by (job)",
        "limitk(2, memory_bytes)",
        "rate({__name__=~\"requests_total|cpu_seconds_total\"}[5m])",
        "abs({__name__=~\"temperature|memory_bytes\"})",
        "sum({__name__=~\"temperature|odd\"})",
        "temperature or odd",
        "temperature or on (instance) requests_total",
        "temperature @ end() - temperature @ start()",
        "avg_over_time(temperature[30m:1m] @ 1700003000 offset 1m)",
        "day_of_month()",
        "hour(vector(1700000000))",
        "vector(1) / 0",
        "ts_of_max_over_time(temperature[5m])",
        // Of ranges with NaN the version at hand gives something else.
        "mad_over_time(temperature[5m])",
        "sum_over_time(requests_total[1h])",
        "avg_over_time(requests_total[1h])",
        "stddev_over_time(temperature[1h])",
        "quantile_over_time(0.95, requests_total[1h])",
        "rate(requests_total[1h])",
        "max_over_time(temperature[1h])");
  }

  private static String call(String function, String argument) {
    if (function.equals("-")) {
      return "-" + argument;
    }
    return function + "(" + argument + ")" + (function.contains("(") ? ")" : "");
  }

  private static String aggregate(String a, String grouping, String argument) {
    int open = a.indexOf('(');
    if (open < 0) {
      return a + grouping + " (" + argument + ")";
    }
    return a.substring(0, open) + grouping + " " + a.substring(open) + argument + ")";
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String vector(int depth) {
    if (depth == 0) {
      return pick(VECTORS);
    }
    return switch (random.nextInt(5)) {
      case 0 ->
          pick(RANGE_FUNCTIONS) + "(" + pick(COUNTERS) + "[" + (1 + random.nextInt(12)) + "m])";
      case 1 -> call(pick(FUNCTIONS), "(" + vector(depth - 1) + ")");
      case 2 -> aggregate(pick(AGGREGATIONS), pick(GROUPINGS), vector(depth - 1));
      case 3 -> {
        String op = pick(OPERATORS);
        yield "(" + vector(depth - 1) + ") " + op + " (" + vector(depth - 1) + ")";
      }
      default ->
          pick(RANGE_FUNCTIONS)
              + "(("
              + vector(depth - 1)
              + ")["
              + (2 + random.nextInt(9))
              + "m:45s])";
    };
  }
}
