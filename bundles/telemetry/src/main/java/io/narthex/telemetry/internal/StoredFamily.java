package io.narthex.telemetry.internal;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.StatefulMetric;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/** A family whose values are kept here. */
final class StoredFamily implements MetricFamily {

  private final MetricSpec spec;
  private final StatefulMetric<?, ?> metric;

  StoredFamily(MetricSpec spec) {
    this.spec = spec;
    String[] labels = spec.labelNames().toArray(String[]::new);
    metric =
        switch (spec.kind()) {
          case COUNTER ->
              Counter.builder().name(INNER_NAME).labelNames(labels).withoutExemplars().build();
          case GAUGE ->
              Gauge.builder().name(INNER_NAME).labelNames(labels).withoutExemplars().build();
          case HISTOGRAM -> histogram(spec, labels);
          case SUMMARY -> summary(spec, labels);
        };
  }

  /** Without exemplars and native buckets, both of which would start a background thread. */
  private static Histogram histogram(MetricSpec spec, String[] labels) {
    double[] bounds = spec.parameters().stream().mapToDouble(Double::doubleValue).toArray();
    Histogram.Builder b = Histogram.builder().classicOnly().classicUpperBounds(bounds);
    b.name(INNER_NAME).labelNames(labels).withoutExemplars();
    return b.build();
  }

  private static Summary summary(MetricSpec spec, String[] labels) {
    Summary.Builder b = Summary.builder();
    for (double quantile : spec.parameters()) {
      // The errors the reference allows itself: 0.05 at the median, 0.01 and 0.001 above.
      b.quantile(quantile, quantile <= 0.5 ? 0.05 : quantile < 0.99 ? 0.01 : 0.001);
    }
    b.name(INNER_NAME).labelNames(labels).withoutExemplars();
    return b.build();
  }

  @Override
  public MetricSpec spec() {
    return spec;
  }

  @Override
  public MetricSnapshot collect() {
    return metric.collect();
  }

  Counter counter() {
    return (Counter) metric;
  }

  Gauge gauge() {
    return (Gauge) metric;
  }

  Histogram histogram() {
    return (Histogram) metric;
  }

  Summary summary() {
    return (Summary) metric;
  }

  void remove(String... labelValues) {
    metric.remove(labelValues);
  }
}
