package io.narthex.telemetry.internal;

import io.narthex.model.GoFloat;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DistributionDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;

/** Writes families as text 0.0.4 or OpenMetrics 1.0. */
final class PageWriter {

  private final boolean openMetrics;
  private final StringBuilder out;

  PageWriter(boolean openMetrics, StringBuilder out) {
    this.openMetrics = openMetrics;
    this.out = out;
  }

  void family(MetricSpec spec, MetricSnapshot snapshot) {
    if (snapshot.getDataPoints().isEmpty()) {
      return;
    }
    head(spec);
    String name = spec.name();
    switch (snapshot) {
      case CounterSnapshot s ->
          s.getDataPoints().forEach(p -> sample(name, "", p.getLabels(), "", "", p.getValue()));
      case GaugeSnapshot s ->
          s.getDataPoints().forEach(p -> sample(name, "", p.getLabels(), "", "", p.getValue()));
      case HistogramSnapshot s -> s.getDataPoints().forEach(p -> histogram(name, p));
      case SummarySnapshot s -> s.getDataPoints().forEach(p -> summary(name, p));
      default -> throw new IllegalStateException("no text form for " + snapshot.getClass());
    }
  }

  void end() {
    if (openMetrics) {
      out.append("# EOF\n");
    }
  }

  private void head(MetricSpec spec) {
    String name = spec.name();
    if (openMetrics && spec.kind() == MetricKind.COUNTER) {
      name = name.substring(0, name.length() - "_total".length());
    }
    out.append("# HELP ").append(name).append(' ');
    escape(spec.help(), openMetrics);
    out.append("\n# TYPE ").append(name).append(' ').append(spec.kind().text()).append('\n');
  }

  private void histogram(String name, HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    long cumulative = 0;
    for (int i = 0; i < buckets.size(); i++) {
      cumulative += buckets.getCount(i);
      String bound = bound(buckets.getUpperBound(i));
      sample(name, "_bucket", point.getLabels(), "le", bound, cumulative);
    }
    sumAndCount(name, point, cumulative);
  }

  private void summary(String name, SummaryDataPointSnapshot point) {
    for (Quantile q : point.getQuantiles()) {
      sample(name, "", point.getLabels(), "quantile", bound(q.getQuantile()), q.getValue());
    }
    sumAndCount(name, point, point.getCount());
  }

  private void sumAndCount(String name, DistributionDataPointSnapshot point, long count) {
    sample(name, "_sum", point.getLabels(), "", "", point.hasSum() ? point.getSum() : 0);
    sample(name, "_count", point.getLabels(), "", "", count);
  }

  private String bound(double v) {
    return openMetrics ? GoFloat.openMetrics(v) : GoFloat.g(v);
  }

  private void sample(
      String name, String suffix, Labels labels, String extra, String extraValue, double value) {
    out.append(name).append(suffix);
    if (!labels.isEmpty() || !extra.isEmpty()) {
      out.append('{');
      for (int i = 0; i < labels.size(); i++) {
        out.append(labels.getName(i)).append("=\"");
        escape(labels.getValue(i), true);
        out.append("\",");
      }
      if (!extra.isEmpty()) {
        out.append(extra).append("=\"").append(extraValue).append("\",");
      }
      out.setCharAt(out.length() - 1, '}');
    }
    out.append(' ').append(bound(value)).append('\n');
  }

  private void escape(String text, boolean quotes) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '"' -> out.append(quotes ? "\\\"" : "\"");
        default -> out.append(c);
      }
    }
  }
}
