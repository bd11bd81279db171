package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics.Collector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A family whose values are asked for when it is collected. Several parts may answer for one name;
 * where two give the same labels, the one that came last counts, so that a part that is being
 * replaced and its replacement can overlap.
 */
final class AskedFamily implements MetricFamily {

  private final MetricSpec spec;
  private final CopyOnWriteArrayList<Collector> collectors = new CopyOnWriteArrayList<>();

  AskedFamily(MetricSpec spec) {
    this.spec = spec;
  }

  @Override
  public MetricSpec spec() {
    return spec;
  }

  void add(Collector collector) {
    collectors.add(collector);
  }

  void remove(Collector collector) {
    collectors.remove(collector);
  }

  @Override
  public MetricSnapshot collect() {
    Map<List<String>, Double> values = new LinkedHashMap<>();
    int width = spec.labelNames().size();
    for (Collector c : collectors) {
      c.collect((value, labelValues) -> {
        if (labelValues.length != width) {
          throw new IllegalArgumentException(
              spec.name() + " has " + width + " labels, given were " + labelValues.length);
        }
        values.put(List.of(labelValues), value);
      });
    }
    MetricMetadata metadata = new MetricMetadata(INNER_NAME);
    if (spec.kind() == MetricKind.COUNTER) {
      List<CounterDataPointSnapshot> points = new ArrayList<>(values.size());
      values.forEach((k, v) -> points.add(new CounterDataPointSnapshot(v, labels(k), null, 0)));
      return new CounterSnapshot(metadata, points);
    }
    List<GaugeDataPointSnapshot> points = new ArrayList<>(values.size());
    values.forEach((k, v) -> points.add(new GaugeDataPointSnapshot(v, labels(k), null)));
    return new GaugeSnapshot(metadata, points);
  }

  private Labels labels(List<String> values) {
    return values.isEmpty() ? Labels.EMPTY : Labels.of(spec.labelNames(), values);
  }
}
