package io.narthex.web.server.internal;

import io.narthex.api.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.DoubleSupplier;

/** Sums what is counted and observed, by name and label values. */
final class FakeMetrics implements Metrics {

  private final Map<String, DoubleAdder> sums = new ConcurrentHashMap<>();

  double sum(String name, String... labels) {
    return adder(name, labels).sum();
  }

  private DoubleAdder adder(String name, String... labels) {
    return sums.computeIfAbsent(name + List.of(labels), k -> new DoubleAdder());
  }

  private record Sum(DoubleAdder adder) implements Counter, Gauge, Observer {
    @Override
    public void add(double amount) {
      adder.add(amount);
    }

    @Override
    public double value() {
      return adder.sum();
    }

    @Override
    public void set(double value) {
      adder.reset();
      adder.add(value);
    }

    @Override
    public void observe(double value) {
      adder.add(value);
    }
  }

  private interface Maker<M> {
    M make(String... labels);
  }

  private static <M> Family<M> family(Maker<M> maker) {
    return new Family<>() {
      @Override
      public M with(String... labelValues) {
        return maker.make(labelValues);
      }

      @Override
      public void remove(String... labelValues) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public Counter counter(String name, String help) {
    return new Sum(adder(name));
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    return family(labels -> new Sum(adder(name, labels)));
  }

  @Override
  public Gauge gauge(String name, String help) {
    return new Sum(adder(name));
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    return family(labels -> new Sum(adder(name, labels)));
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
    return new Sum(adder(name));
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    return family(labels -> new Sum(adder(name, labels)));
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return new Sum(adder(name));
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    return family(labels -> new Sum(adder(name, labels)));
  }
}
