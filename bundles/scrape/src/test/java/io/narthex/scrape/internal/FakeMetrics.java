package io.narthex.scrape.internal;

import io.narthex.api.telemetry.Metrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;

/** Keeps values by name and label values. */
public final class FakeMetrics implements Metrics {

  /** One value: of a counter or gauge, or the number of observations. */
  public static final class Value implements Counter, Gauge, Observer {
    private double value;

    @Override
    public synchronized void add(double amount) {
      value += amount;
    }

    @Override
    public synchronized void set(double next) {
      value = next;
    }

    @Override
    public synchronized double value() {
      return value;
    }

    @Override
    public void observe(double unused) {
      add(1);
    }
  }

  public final AtomicInteger registered = new AtomicInteger();
  private final Map<String, Value> values = new ConcurrentHashMap<>();
  private final Map<String, Collector> collectors = new ConcurrentHashMap<>();

  /** The value under {@code name} or {@code name{a,b}}. */
  public double get(String name, String... labels) {
    Value v = values.get(key(name, labels));
    return v == null ? Double.NaN : v.value();
  }

  public void collect(String name, Sink sink) {
    collectors.get(name).collect(sink);
  }

  private static String key(String name, String... labels) {
    return labels.length == 0 ? name : name + "{" + String.join(",", labels) + "}";
  }

  private Value value(String key) {
    return values.computeIfAbsent(key, k -> new Value());
  }

  private final class Group<M> implements Family<M> {
    private final String name;
    private final Class<M> type;

    Group(String name, Class<M> type) {
      this.name = name;
      this.type = type;
      registered.incrementAndGet();
    }

    @Override
    public M with(String... labelValues) {
      return type.cast(value(key(name, labelValues)));
    }

    @Override
    public void remove(String... labelValues) {
      values.remove(key(name, labelValues));
    }

    @Override
    public void close() {
      registered.decrementAndGet();
    }
  }

  @Override
  public Counter counter(String name, String help) {
    return value(name);
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    return new Group<>(name, Counter.class);
  }

  @Override
  public Gauge gauge(String name, String help) {
    return value(name);
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    return new Group<>(name, Gauge.class);
  }

  @Override
  public Registration gauge(String name, String help, DoubleSupplier value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration counter(String name, String help, DoubleSupplier value) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector collector) {
    registered.incrementAndGet();
    collectors.put(name, collector);
    return registered::decrementAndGet;
  }

  @Override
  public Observer histogram(String name, String help, double... bounds) {
    return value(name);
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    return new Group<>(name, Observer.class);
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return value(name);
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    return new Group<>(name, Observer.class);
  }
}
