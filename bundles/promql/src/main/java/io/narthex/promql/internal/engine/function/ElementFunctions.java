package io.narthex.promql.internal.engine.function;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of single numbers, by name: mathematics and parts of dates. */
final class ElementFunctions {

  private static final Map<String, ElementFunction> BY_NAME =
      Map.ofEntries(
          Map.entry("abs", Math::abs),
          Map.entry("ceil", Math::ceil),
          Map.entry("floor", Math::floor),
          Map.entry("exp", Math::exp),
          Map.entry("ln", Math::log),
          Map.entry("log2", ElementFunctions::log2),
          Map.entry("log10", Math::log10),
          Map.entry("sqrt", Math::sqrt),
          Map.entry("sgn", v -> v > 0 ? 1 : v < 0 ? -1 : v),
          Map.entry("deg", v -> v * 180 / Math.PI),
          Map.entry("rad", v -> v * Math.PI / 180),
          Map.entry("sin", Math::sin),
          Map.entry("cos", Math::cos),
          Map.entry("tan", Math::tan),
          Map.entry("asin", Math::asin),
          Map.entry("acos", Math::acos),
          Map.entry("atan", Math::atan),
          Map.entry("sinh", Math::sinh),
          Map.entry("cosh", Math::cosh),
          Map.entry("tanh", Math::tanh),
          Map.entry("asinh", Hyperbolic::asinh),
          Map.entry("acosh", Hyperbolic::acosh),
          Map.entry("atanh", Hyperbolic::atanh),
          Map.entry("minute", DateParts::minute),
          Map.entry("hour", DateParts::hour),
          Map.entry("day_of_week", DateParts::dayOfWeek),
          Map.entry("day_of_month", DateParts::dayOfMonth),
          Map.entry("day_of_year", DateParts::dayOfYear),
          Map.entry("days_in_month", DateParts::daysInMonth),
          Map.entry("month", DateParts::month),
          Map.entry("year", DateParts::year));

  private ElementFunctions() {}

  static @Nullable ElementFunction find(String name) {
    return BY_NAME.get(name);
  }

  /** Exact for powers of two. */
  private static double log2(double v) {
    if (!(v > 0) || Double.isInfinite(v)) {
      return Math.log(v);
    }
    int exponent = Math.getExponent(v);
    if (exponent < Double.MIN_EXPONENT) {
      return log2(v * 0x1p60) - 60;
    }
    double fraction = Math.scalb(v, -exponent);
    return fraction == 1 ? exponent : Math.log(fraction / 2) / Math.log(2) + (exponent + 1);
  }
}
