package io.narthex.storage.remote.internal.receive;

import io.narthex.api.telemetry.Metrics;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.DoubleAdder;

/** Counters by name; nothing else is registered by the receiver. */
final class NoMetrics {

  final Map<String, DoubleAdder> counters = new TreeMap<>();

  Metrics metrics() {
    return (Metrics)
        Proxy.newProxyInstance(
            NoMetrics.class.getClassLoader(),
            new Class<?>[] {Metrics.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("counter") || args.length != 2) {
                throw new UnsupportedOperationException(method.toString());
              }
              return counter(counters.computeIfAbsent((String) args[0], n -> new DoubleAdder()));
            });
  }

  private static Metrics.Counter counter(DoubleAdder sum) {
    return new Metrics.Counter() {
      @Override
      public void add(double amount) {
        sum.add(amount);
      }

      @Override
      public double value() {
        return sum.sum();
      }
    };
  }

  double value(String name) {
    return counters.get(name).sum();
  }
}
