package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ServiceScope;

/** The metrics of one bundle: what it registered leaves when it lets go of the service. */
@Component(service = Metrics.class, scope = ServiceScope.BUNDLE)
public final class BundleMetrics implements Metrics {

  private final MetricRegistry registry;
  private final Set<Handle> handles = Collections.newSetFromMap(new IdentityHashMap<>());
  private boolean gone;

  @Activate
  public BundleMetrics(@Reference MetricRegistry registry) {
    this.registry = registry;
  }

  @Deactivate
  void leave() {
    List<Handle> left;
    synchronized (handles) {
      gone = true;
      left = List.copyOf(handles);
    }
    left.forEach(Handle::close);
  }

  @Override
  public Counter counter(String name, String help) {
    return counters(name, help).with();
  }

  @Override
  public Family<Counter> counters(String name, String help, String... labelNames) {
    return family(
        new MetricSpec(name, help, MetricKind.COUNTER, List.of(labelNames), List.of()),
        f -> labels -> new StoredCounter(f.counter().labelValues(labels)));
  }

  @Override
  public Gauge gauge(String name, String help) {
    return gauges(name, help).with();
  }

  @Override
  public Family<Gauge> gauges(String name, String help, String... labelNames) {
    return family(
        new MetricSpec(name, help, MetricKind.GAUGE, List.of(labelNames), List.of()),
        f -> labels -> new StoredGauge(f.gauge().labelValues(labels)));
  }

  @Override
  public Registration gauge(String name, String help, DoubleSupplier value) {
    return collect(name, help, false, List.of(), sink -> sink.add(value.getAsDouble()));
  }

  @Override
  public Registration counter(String name, String help, DoubleSupplier value) {
    return collect(name, help, true, List.of(), sink -> sink.add(value.getAsDouble()));
  }

  @Override
  public Registration collect(
      String name, String help, boolean counter, List<String> labelNames, Collector values) {
    MetricKind kind = counter ? MetricKind.COUNTER : MetricKind.GAUGE;
    MetricSpec spec = new MetricSpec(name, help, kind, labelNames, List.of());
    AskedFamily family = registry.asked(spec, values);
    return keep(
        new Handle(() -> {
          family.remove(values);
          registry.release(family);
        }));
  }

  @Override
  public Observer histogram(String name, String help, double... bounds) {
    return histograms(name, help, bounds).with();
  }

  @Override
  public Family<Observer> histograms(
      String name, String help, double[] bounds, String... labelNames) {
    return family(
        new MetricSpec(name, help, MetricKind.HISTOGRAM, List.of(labelNames), boxed(bounds)),
        f -> labels -> f.histogram().labelValues(labels)::observe);
  }

  @Override
  public Observer summary(String name, String help, double... quantiles) {
    return summaries(name, help, quantiles).with();
  }

  @Override
  public Family<Observer> summaries(
      String name, String help, double[] quantiles, String... labelNames) {
    return family(
        new MetricSpec(name, help, MetricKind.SUMMARY, List.of(labelNames), boxed(quantiles)),
        f -> labels -> f.summary().labelValues(labels)::observe);
  }

  private static List<Double> boxed(double[] values) {
    List<Double> list = new ArrayList<>(values.length);
    for (double v : values) {
      list.add(v);
    }
    return list;
  }

  private <M> Family<M> family(
      MetricSpec spec, Function<StoredFamily, Function<String[], M>> factory) {
    StoredFamily family = registry.stored(spec);
    Handle handle = keep(new Handle(() -> registry.release(family)));
    return new StoredMembers<>(family, factory.apply(family), handle);
  }

  private Handle keep(Handle handle) {
    synchronized (handles) {
      if (!gone) {
        handles.add(handle);
        return handle;
      }
    }
    handle.close();
    throw new IllegalStateException("the bundle has let go of its metrics");
  }

  /** One registration; closing it again has no effect. */
  private final class Handle implements Registration {
    private final Runnable undo;
    private boolean closed;

    Handle(Runnable undo) {
      this.undo = undo;
    }

    @Override
    public void close() {
      synchronized (handles) {
        if (closed) {
          return;
        }
        closed = true;
        handles.remove(this);
      }
      undo.run();
    }
  }
}
