package io.narthex.api.telemetry;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The server's own metrics. The service has bundle scope: what a bundle registers leaves when the
 * bundle goes; components that come and go within a bundle close what they registered.
 *
 * <p>Registering a name again with the same type and labels gives the metric that is there; with
 * others it is refused by an {@link IllegalArgumentException}. Metrics are safe for any number of
 * threads.
 */
@ProviderType
public interface Metrics {

  /**
   * @param name with {@code _total}
   */
  Counter counter(String name, String help);

  Family<Counter> counters(String name, String help, String... labelNames);

  Gauge gauge(String name, String help);

  Family<Gauge> gauges(String name, String help, String... labelNames);

  /** A gauge that is asked when it is collected. */
  Registration gauge(String name, String help, DoubleSupplier value);

  /** A counter that is asked when it is collected. */
  Registration counter(String name, String help, DoubleSupplier value);

  /** A gauge or counter with labels whose values are asked for when they are collected. */
  Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector values);

  /** A classic histogram that is also exposed as a native one where the format can. */
  Observer histogram(String name, String help, double... bounds);

  Family<Observer> histograms(String name, String help, double[] bounds, String... labelNames);

  /** A summary; without quantiles it has sum and count only. */
  Observer summary(String name, String help, double... quantiles);

  Family<Observer> summaries(String name, String help, double[] quantiles, String... labelNames);

  /** Counts up. */
  @ProviderType
  interface Counter {
    void add(double amount);

    default void increment() {
      add(1);
    }

    double value();
  }

  /** Goes up and down. */
  @ProviderType
  interface Gauge {
    void set(double value);

    void add(double amount);

    double value();
  }

  /** Takes observations of a histogram or summary. */
  @ProviderType
  interface Observer {
    void observe(double value);
  }

  /** One metric for each combination of label values. */
  @ProviderType
  interface Family<M> extends Registration {

    /** The metric for the values, made if it is new. Keep it: the look-up is no hot path. */
    M with(String... labelValues);

    /** Forgets the metric for the values. */
    void remove(String... labelValues);
  }

  /** A metric that can be taken away before its bundle goes. */
  @ProviderType
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  /** Gives the current values of a metric with labels. */
  @FunctionalInterface
  interface Collector {
    void collect(Sink sink);
  }

  /** Takes values with their label values, in the order of the label names. */
  @ProviderType
  interface Sink {
    void add(double value, String... labelValues);
  }
}
