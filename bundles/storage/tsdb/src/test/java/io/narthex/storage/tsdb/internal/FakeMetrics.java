package io.narthex.storage.tsdb.internal;

import io.narthex.api.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/** Metrics by name that can be asked for. */
final class FakeMetrics implements Metrics {

  final Map<String, DoubleSupplier> values = new ConcurrentHashMap<>();

  private Registration register(String name, DoubleSupplier value) {
    if (values.put(name, value) != null) {
      throw new IllegalArgumentException(name + " is there already");
    }
    return () -> values.remove(name);
  }

  @Override
  public Registration gauge(String name, String help, DoubleSupplier value) {
    return register(name, value);
  }

  @Override
  public Registration counter(String name, String help, DoubleSupplier value) {
    return register(name, value);
  }

  @Override
  public Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector collector) {
    return register(
        name,
        () -> {
          double[] sum = {0};
          collector.collect((v, l) -> sum[0] += v);
          return sum[0];
        });
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return v -> {};
  }

  @Override
  public Counter counter(String name, String help) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Gauge gauge(String name, String help) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Observer histogram(String name, String help, double... bounds) {
    return value -> {};
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    throw new UnsupportedOperationException();
  }
}
