package io.narthex.promql.internal.engine;

import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import io.narthex.promql.internal.parse.QueryText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the user is told beside the result: warnings and infos, each text once. Safe for several
 * threads; as threads differ in speed, the order is that of the arrival.
 */
public final class Notes {

  private final String query;
  private final Set<String> warnings = new LinkedHashSet<>();
  private final Set<String> infos = new LinkedHashSet<>();

  public Notes(String query) {
    this.query = query;
  }

  /** Adds {@code PromQL warning: text (line:column)}. */
  public synchronized void warn(String text, Position at) {
    warnings.add("PromQL warning: " + text + suffix(at));
  }

  /** Adds {@code PromQL info: text (line:column)}. */
  public synchronized void info(String text, Position at) {
    infos.add("PromQL info: " + text + suffix(at));
  }

  /** Adds what the storage says. */
  public synchronized void addAll(Collection<String> plain) {
    warnings.addAll(plain);
  }

  public synchronized List<String> warnings() {
    return new ArrayList<>(warnings);
  }

  public synchronized List<String> infos() {
    return new ArrayList<>(infos);
  }

  public void invalidQuantile(double q, Position at) {
    warn("quantile value should be between 0 and 1, got " + g(q), at);
  }

  public void mixedFloatsHistograms(String metric, Position at) {
    warn("encountered a mix of histograms and floats for metric name " + GoQuote.quote(metric), at);
  }

  public void mixedFloatsHistogramsInAggregation(Position at) {
    warn("encountered a mix of histograms and floats for aggregation", at);
  }

  public void histogramIgnoredInAggregation(String operator, Position at) {
    info("ignored histogram in " + operator + " aggregation", at);
  }

  public void histogramsIgnoredInRange(String metric, Position at) {
    info(
        "ignored histograms in a range containing both floats and histograms for metric name "
            + GoQuote.quote(metric),
        at);
  }

  public void incompatibleTypes(String left, String operator, String right, Position at) {
    info(
        "incompatible sample types encountered for binary operator "
            + GoQuote.quote(operator)
            + ": "
            + left
            + " "
            + operator
            + " "
            + right,
        at);
  }

  public void notCounter(String metric, Position at) {
    warn("this native histogram metric is not a counter: " + GoQuote.quote(metric), at);
  }

  public void notGauge(String metric, Position at) {
    warn("this native histogram metric is not a gauge: " + GoQuote.quote(metric), at);
  }

  public void mixedSchemas(String metric, Position at) {
    warn(
        "vector contains a mix of histograms with exponential and custom buckets schemas for"
            + " metric name "
            + GoQuote.quote(metric),
        at);
  }

  /**
   * Tells what adding or subtracting histograms brought to light.
   *
   * @param operation for instance {@code addition}
   */
  public void combined(NativeHistogram.Outcome outcome, String operation, Position at) {
    switch (outcome) {
      case PLAIN, INCOMPATIBLE -> {}
      case RECONCILED -> info("mismatched custom buckets were reconciled during " + operation, at);
      case CONFLICTING_RESETS ->
          warn("conflicting counter resets during histogram " + operation, at);
    }
  }

  /** A number as {@code %g} prints it: an exponent below -4 or from 21 digits on. */
  public static String g(double v) {
    double abs = Math.abs(v);
    return abs != 0 && (abs < 1e-4 || abs >= 1e21) ? GoFloat.e(v) : GoFloat.f(v);
  }

  private String suffix(Position at) {
    return " (" + QueryText.lineAndColumn(query, at.start()) + ")";
  }
}
