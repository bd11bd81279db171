package io.narthex.benchmarks;

import io.narthex.api.telemetry.Metrics;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Metrics that nobody looks at. */
final class SilentMetrics implements Metrics {

  private static final class Value implements Counter, Gauge, Observer {
    private double value;

    @Override
    public synchronized void add(double amount) {
      value += amount;
    }

    @Override
    public synchronized void set(double v) {
      value = v;
    }

    @Override
    public synchronized void observe(double v) {
      value = v;
    }

    @Override
    public synchronized double value() {
      return value;
    }
  }

  private static <M> Family<M> family(M metric) {
    return new Family<>() {
      @Override
      public M with(String... labelValues) {
        return metric;
      }

      @Override
      public void remove(String... labelValues) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Counter counter(String name, String help) {
    return new Value();
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    return family(new Value());
  }

  @Override
  public Gauge gauge(String name, String help) {
    return new Value();
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    return family(new Value());
  }

  @Override
  public Registration gauge(String name, String help, DoubleSupplier value) {
    return () -> {};
  }

  @Override
  public Registration counter(String name, String help, DoubleSupplier value) {
    return () -> {};
  }

  @Override
  public Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector values) {
    return () -> {};
  }

  @Override
  public Observer histogram(String name, String help, double... bounds) {
    return new Value();
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    return family(new Value());
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return new Value();
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    return family(new Value());
  }
}
