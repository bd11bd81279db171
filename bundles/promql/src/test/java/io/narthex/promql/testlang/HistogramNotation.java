package io.narthex.promql.testlang;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import java.util.Arrays;
import java.util.Locale;

/** Native histograms in the test language: {@code {{schema:1 count:3 sum:5 buckets:[1 2]}}}. */
final class HistogramNotation {

  private HistogramNotation() {}

  /**
   * The histogram of a text.
   *
   * @param times how often the second of two histograms is added to or taken from the first
   */
  static FloatHistogram parse(String text, int times) {
    int end = text.indexOf("}}") + 2;
    FloatHistogram first = one(text.substring(0, end));
    if (end == text.length()) {
      return first;
    }
    FloatHistogram second = one(text.substring(end + 1));
    NativeHistogram sum = NativeHistogram.of(first);
    for (int i = 0; i < times; i++) {
      if (text.charAt(end) == '+') {
        sum.add(NativeHistogram.of(second));
      } else {
        sum.subtract(NativeHistogram.of(second));
      }
    }
    return sum.toFloat();
  }

  private static FloatHistogram one(String text) {
    String body = text.substring(2, text.length() - 2);
    return new FloatHistogram(
        hint(word(body, "counter_reset_hint:")),
        (int) number(body, "schema:"),
        number(body, "z_bucket_w:"),
        number(body, "z_bucket:"),
        number(body, "count:"),
        number(body, "sum:"),
        spans(body, "offset:", "buckets:"),
        spans(body, "n_offset:", "n_buckets:"),
        list(body, "buckets:"),
        list(body, "n_buckets:"),
        list(body, "custom_values:"));
  }

  private static CounterResetHint hint(String word) {
    return word.isEmpty()
        ? CounterResetHint.UNKNOWN
        : CounterResetHint.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static int[] spans(String body, String offset, String buckets) {
    int n = list(body, buckets).length;
    return n == 0 ? new int[0] : new int[] {(int) number(body, offset), n};
  }

  /** The text behind a key, which must not be the end of another one. */
  private static String word(String body, String key) {
    String padded = " " + body;
    int at = padded.indexOf(" " + key);
    if (at < 0) {
      return "";
    }
    int from = at + 1 + key.length();
    int to = from;
    boolean list = from < padded.length() && padded.charAt(from) == '[';
    while (to < padded.length() && padded.charAt(to) != (list ? ']' : ' ')) {
      to++;
    }
    return padded.substring(list ? from + 1 : from, to).trim();
  }

  private static double number(String body, String key) {
    String word = word(body, key);
    return word.isEmpty() ? 0 : number(word);
  }

  private static double number(String word) {
    return Double.parseDouble(
        word.replace("Inf", "Infinity").replace("inf", "Infinity").replace("nan", "NaN"));
  }

  private static double[] list(String body, String key) {
    String word = word(body, key);
    return word.isEmpty()
        ? new double[0]
        : Arrays.stream(word.split("\\s+")).mapToDouble(HistogramNotation::number).toArray();
  }

  /** Whether a result is the expected histogram; a hint counts only where one is expected. */
  static boolean matches(String text, int times, FloatHistogram actual) {
    FloatHistogram x = NativeHistogram.of(parse(text, times)).toFloat();
    FloatHistogram y = NativeHistogram.of(actual).toFloat();
    return x.schema() == y.schema()
        && ScriptRunner.equal(x.count(), y.count())
        && ScriptRunner.equal(x.sum(), y.sum())
        && ScriptRunner.equal(x.zeroCount(), y.zeroCount())
        && x.zeroThreshold() == y.zeroThreshold()
        && Arrays.equals(x.customValues(), y.customValues())
        && Arrays.equals(x.positiveSpans(), y.positiveSpans())
        && Arrays.equals(x.negativeSpans(), y.negativeSpans())
        && equal(x.positiveCounts(), y.positiveCounts())
        && equal(x.negativeCounts(), y.negativeCounts())
        && (!text.contains("counter_reset_hint") || x.hint() == y.hint());
  }

  private static boolean equal(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (!ScriptRunner.equal(a[i], b[i])) {
        return false;
      }
    }
    return a.length == b.length;
  }
}
