package io.narthex.promql.peer;

import java.util.Random;

/** Random queries over {@link StrangeSamples}, up to five deep. */
final class StrangeQueries {

  private static final String[] SELECTORS = {
    "requests_total",
    "requests_total{code=\"500\"}",
    "requests_total{code!~\"2..\"}",
    "temperature",
    "odd",
    "latency_seconds_bucket",
    "{\"größe.total\"}",
    "{\"größe.total\", \"région\"=\"süd\"}",
    "native_seconds",
    "native_gauge",
    "mixed",
    "custom_seconds",
    "nothing",
    "{__name__=~\"temperature|odd\"}"
  };
  private static final String[] RANGES = {
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
    "last_over_time",
    "present_over_time",
    "absent_over_time",
    "quantile_over_time(0.4, ",
    "predict_linear(@, 90)"
  };
  private static final String[] FUNCTIONS = {
    "abs",
    "ceil",
    "floor",
    "sqrt",
    "sgn",
    "exp",
    "absent",
    "timestamp",
    "minute",
    "-",
    "sort",
    "histogram_count",
    "histogram_sum",
    "histogram_avg",
    "histogram_stddev",
    "histogram_quantile(0.7, ",
    "histogram_fraction(0.2, 3, ",
    "clamp(@, 2, 20)",
    "round(@, 0.5)",
    "label_replace(@, \"x\", \"$1\", \"instance\", \"i(.*)\")",
    "label_join(@, \"y\", \"-\", \"instance\", \"code\")",
    "vector(scalar(@))"
  };
  private static final String[] AGGREGATIONS = {
    "sum",
    "avg",
    "count",
    "min",
    "max",
    "stddev",
    "group",
    "quantile(0.7, ",
    "topk(2, ",
    "bottomk(2, ",
    "count_values(\"v\", "
  };
  private static final String[] GROUPINGS = {
    "", " by (instance)", " by (code, le)", " without (instance)", " by (\"région\")"
  };
  private static final String[] OPERATORS = {
    "+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">= bool", "and", "or", "unless"
  };
  private static final String[] MATCHINGS = {
    "", "", " on (instance)", " ignoring (code)", " on (instance) group_left ()"
  };

  private final Random random;

  StrangeQueries(long seed) {
    random = new Random(seed);
  }

  String next() {
    return vector(1 + random.nextInt(5));
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }

  private String selector() {
    String s = pick(SELECTORS);
    return switch (random.nextInt(8)) {
      case 0 -> s + " offset " + (random.nextInt(9) - 4) + "m";
      case 1 -> s + " @ 1700002000";
      case 2 -> s + " @ " + (random.nextBoolean() ? "start()" : "end()");
      default -> s;
    };
  }

  private String vector(int depth) {
    if (depth == 0) {
      return selector();
    }
    return switch (random.nextInt(6)) {
      case 0 -> {
        String s = pick(SELECTORS) + "[" + (1 + random.nextInt(12)) + "m]";
        yield call(pick(RANGES), random.nextInt(5) == 0 ? s + " offset 2m" : s);
      }
      case 1 -> call(pick(FUNCTIONS), vector(depth - 1));
      case 2 -> aggregate(vector(depth - 1));
      case 3 -> {
        String op = pick(OPERATORS);
        boolean set = op.matches("and|or|unless");
        String matching = pick(MATCHINGS);
        yield "("
            + vector(depth - 1)
            + ") "
            + op
            + (set ? matching.replace(" group_left ()", "") : matching)
            + " ("
            + vector(depth - 1)
            + ")";
      }
      case 4 ->
          random.nextBoolean()
              ? "(" + vector(depth - 1) + ") " + number() + " " + (1 + random.nextInt(9))
              : "(" + (1 + random.nextInt(9)) + " " + number() + " " + vector(depth - 1) + ")";
      default ->
          call(pick(RANGES), "(" + vector(depth - 1) + ")[" + (2 + random.nextInt(9)) + "m:50s]");
    };
  }

  private String number() {
    String op = pick(OPERATORS);
    return op.matches("and|or|unless") ? "*" : op;
  }

  private static String call(String function, String argument) {
    if (function.contains("@")) {
      return function.replace("@", argument);
    }
    return (function.endsWith(", ") ? function : function + "(") + argument + ")";
  }

  private String aggregate(String argument) {
    String a = pick(AGGREGATIONS);
    String grouping = pick(GROUPINGS);
    int open = a.indexOf('(');
    return open < 0
        ? a + grouping + " (" + argument + ")"
        : a.substring(0, open) + grouping + " " + a.substring(open) + argument + ")";
  }
}
