package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics.Counter;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;

/** A counter kept by the client library. */
record StoredCounter(CounterDataPoint point) implements Counter {

  @Override
  public void add(double amount) {
    point.inc(amount);
  }

  @Override
  public void increment() {
    // Integers have an adder of their own, which is cheaper.
    point.inc();
  }

  @Override
  public double value() {
    return point.get();
  }
}
