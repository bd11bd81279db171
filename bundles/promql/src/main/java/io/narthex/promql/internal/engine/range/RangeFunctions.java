package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.ast.Extension;
import io.narthex.promql.internal.engine.EvaluationFailure;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The functions of ranges by name. */
public final class RangeFunctions {

  private static final Map<String, Supplier<RangeFunction>> PLAIN =
      Map.ofEntries(
          Map.entry("rate", () -> new Rate(Rate.Kind.RATE)),
          Map.entry("increase", () -> new Rate(Rate.Kind.INCREASE)),
          Map.entry("delta", () -> new Rate(Rate.Kind.DELTA)),
          Map.entry("irate", () -> new InstantRate(true)),
          Map.entry("idelta", () -> new InstantRate(false)),
          Map.entry("deriv", () -> new LinearRegression(false)),
          Map.entry("predict_linear", () -> new LinearRegression(true)),
          Map.entry("double_exponential_smoothing", DoubleExponentialSmoothing::new),
          Map.entry("resets", () -> new Transitions(true, false)),
          Map.entry("changes", () -> new Transitions(false, false)),
          Map.entry("sum_over_time", SumOverTime::new),
          Map.entry("avg_over_time", AvgOverTime::new),
          Map.entry("count_over_time", () -> new CountOverTime(false)),
          Map.entry("present_over_time", () -> new CountOverTime(true)),
          Map.entry("absent_over_time", () -> new CountOverTime(true)),
          Map.entry("min_over_time", () -> new ExtremeOverTime(false, false)),
          Map.entry("max_over_time", () -> new ExtremeOverTime(true, false)),
          Map.entry("ts_of_min_over_time", () -> new ExtremeOverTime(false, true)),
          Map.entry("ts_of_max_over_time", () -> new ExtremeOverTime(true, true)),
          Map.entry("first_over_time", () -> new EdgeOverTime(false, false)),
          Map.entry("last_over_time", () -> new EdgeOverTime(true, false)),
          Map.entry("ts_of_first_over_time", () -> new EdgeOverTime(false, true)),
          Map.entry("ts_of_last_over_time", () -> new EdgeOverTime(true, true)),
          Map.entry("stddev_over_time", () -> new DeviationOverTime(true)),
          Map.entry("stdvar_over_time", () -> new DeviationOverTime(false)),
          Map.entry("quantile_over_time", QuantileOverTime::new),
          Map.entry("mad_over_time", MadOverTime::new));

  /** Those whose result keeps the metric's name. */
  private static final Set<String> KEEP_NAME = Set.of("first_over_time", "last_over_time");

  /** Those that start timestamps change. */
  private static final Set<String> USE_STARTS = Set.of("rate", "increase", "irate", "resets");

  private RangeFunctions() {}

  /** Makes the instances of a function, one a thread; null if the name is not one of these. */
  public static @Nullable Supplier<RangeFunction> find(String name, Extension extension) {
    if (extension == Extension.NONE) {
      return PLAIN.get(name);
    }
    boolean smoothed = extension == Extension.SMOOTHED;
    return switch (name) {
      case "rate" -> () -> new ExtendedRate(Rate.Kind.RATE, smoothed);
      case "increase" -> () -> new ExtendedRate(Rate.Kind.INCREASE, smoothed);
      case "delta" -> () -> new ExtendedRate(Rate.Kind.DELTA, smoothed);
      case "resets", "changes" -> {
        if (smoothed) {
          throw refused(name, extension);
        }
        yield () -> new Transitions(name.equals("resets"), true);
      }
      default -> throw refused(name, extension);
    };
  }

  private static EvaluationFailure refused(String name, Extension extension) {
    String allowed =
        extension == Extension.SMOOTHED
            ? "delta, increase, rate"
            : "changes, delta, increase, rate, resets";
    return EvaluationFailure.of(
        extension.text() + " modifier can only be used with: " + allowed + " - not with " + name);
  }

  public static boolean keepsName(String name) {
    return KEEP_NAME.contains(name);
  }

  public static boolean usesStarts(String name) {
    return USE_STARTS.contains(name);
  }
}
