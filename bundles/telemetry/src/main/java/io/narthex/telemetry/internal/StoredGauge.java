package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics.Gauge;
import io.prometheus.metrics.core.datapoints.GaugeDataPoint;

/** A gauge kept by the client library. */
record StoredGauge(GaugeDataPoint point) implements Gauge {

  @Override
  public void set(double value) {
    point.set(value);
  }

  @Override
  public void add(double amount) {
    point.inc(amount);
  }

  @Override
  public double value() {
    return point.get();
  }
}
