package io.narthex.promql.testlang;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;

/** Native histograms in the test language: {@code {{schema:1 count:3 sum:5 buckets:[1 2]}}}. */
final class HistogramNotation {

  private HistogramNotation() {}

  /** A histogram with the count and the sum of the text; enough to be told from a float. */
  static FloatHistogram parse(String text) {
    return new FloatHistogram(
        CounterResetHint.UNKNOWN,
        0,
        0,
        0,
        number(text, "count:"),
        number(text, "sum:"),
        new int[0],
        new int[0],
        new double[0],
        new double[0],
        new double[0]);
  }

  static boolean matches(String text, FloatHistogram h) {
    return !text.contains("}}+") && parse(text).equals(h);
  }

  private static double number(String text, String key) {
    int at = text.indexOf(key);
    if (at < 0) {
      return 0;
    }
    int from = at + key.length();
    int to = from;
    while (" }".indexOf(text.charAt(to)) < 0) {
      to++;
    }
    return Double.parseDouble(text.substring(from, to).replace("Inf", "Infinity"));
  }
}
