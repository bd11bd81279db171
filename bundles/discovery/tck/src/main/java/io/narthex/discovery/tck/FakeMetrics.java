package io.narthex.discovery.tck;

import io.narthex.api.telemetry.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Metrics that a test can read: the last or summed value by name and label values. */
public final class FakeMetrics implements Metrics {
  private final Map<String, Cell> cells = new ConcurrentHashMap<>();

  /** The value of a counter or gauge, or the number of observations; NaN if there is none. */
  public double value(String name, String... labelValues) {
    Cell cell = cells.get(key(name, labelValues));
    return cell == null ? Double.NaN : cell.value();
  }

  private static String key(String name, String... labelValues) {
    return name + Arrays.toString(labelValues);
  }

  private Cell cell(String name, String... labelValues) {
    return cells.computeIfAbsent(key(name, labelValues), k -> new Cell());
  }

  private <M> Family<M> family(String name, Function<Cell, M> as) {
    return new Family<>() {
      @Override
      public M with(String... labelValues) {
        return as.apply(cell(name, labelValues));
      }

      @Override
      public void remove(String... labelValues) {
        cells.remove(key(name, labelValues));
      }

      @Override
      public void close() {
        cells.keySet().removeIf(k -> k.startsWith(name + "["));
      }
    };
  }

  @Override
  public Counter counter(String name, String help) {
    return cell(name);
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    return family(name, c -> c);
  }

  @Override
  public Gauge gauge(String name, String help) {
    return cell(name);
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    return family(name, c -> c);
  }

  @Override
  public Registration gauge(String name, String help, DoubleSupplier value) {
    cell(name).set(value.getAsDouble());
    return () -> cells.remove(key(name));
  }

  @Override
  public Registration counter(String name, String help, DoubleSupplier value) {
    return gauge(name, help, value);
  }

  @Override
  public Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector values) {
    values.collect((value, labels) -> cell(name, labels).set(value));
    return () -> cells.keySet().removeIf(k -> k.startsWith(name + "["));
  }

  @Override
  public Observer histogram(String name, String help, double... bounds) {
    return v -> cell(name).add(1);
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    return family(name, c -> v -> c.add(1));
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return v -> cell(name).add(1);
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    return family(name, c -> v -> c.add(1));
  }

  /** One value. */
  private static final class Cell implements Counter, Gauge {
    private double value;

    @Override
    public synchronized void set(double newValue) {
      value = newValue;
    }

    @Override
    public synchronized void add(double amount) {
      value += amount;
    }

    @Override
    public synchronized double value() {
      return value;
    }
  }
}
