package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Sink;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the JVM says of itself, asked for when the page is: starting costs nothing. */
final class JvmMetrics {

  private JvmMetrics() {}

  static void register(Metrics metrics) {
    memory(metrics, "used", "Used bytes of a given JVM memory area.", MemoryUsage::getUsed);
    memory(
        metrics,
        "committed",
        "Committed bytes of a given JVM memory area.",
        MemoryUsage::getCommitted);
    memory(metrics, "max", "Max bytes of a given JVM memory area.", MemoryUsage::getMax);
    pools(metrics);
    collections(metrics);
    threads(metrics);
    classes(metrics);
    metrics.collect(
        "jvm_runtime_info",
        "JVM runtime info.",
        false,
        List.of("version", "vendor", "runtime"),
        sink ->
            sink.add(
                1,
                System.getProperty("java.runtime.version", "unknown"),
                System.getProperty("java.vm.vendor", "unknown"),
                System.getProperty("java.runtime.name", "unknown")));
  }

  private static void memory(
      Metrics metrics, String what, String help, ToLongFunction<MemoryUsage> value) {
    metrics.collect(
        "jvm_memory_" + what + "_bytes",
        help,
        false,
        List.of("area"),
        sink -> {
          var memory = ManagementFactory.getMemoryMXBean();
          sink.add(value.applyAsLong(memory.getHeapMemoryUsage()), "heap");
          sink.add(value.applyAsLong(memory.getNonHeapMemoryUsage()), "nonheap");
        });
  }

  private static void pools(Metrics metrics) {
    metrics.collect(
        "jvm_memory_pool_used_bytes",
        "Used bytes of a given JVM memory pool.",
        false,
        List.of("pool"),
        sink -> {
          for (MemoryPoolMXBean p : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = p.getUsage();
            if (usage != null) {
              sink.add(usage.getUsed(), p.getName());
            }
          }
        });
    metrics.collect(
        "jvm_buffer_pool_used_bytes",
        "Used bytes of a given JVM buffer pool.",
        false,
        List.of("pool"),
        sink -> {
          for (BufferPoolMXBean p : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            sink.add(p.getMemoryUsed(), p.getName());
          }
        });
  }

  private static void collections(Metrics metrics) {
    metrics.collect(
        "jvm_gc_collections_total",
        "Collections by a given JVM garbage collector.",
        true,
        List.of("gc"),
        sink -> collectors(sink, GarbageCollectorMXBean::getCollectionCount, 1));
    metrics.collect(
        "jvm_gc_collection_seconds_total",
        "Time spent in a given JVM garbage collector in seconds.",
        true,
        List.of("gc"),
        sink -> collectors(sink, GarbageCollectorMXBean::getCollectionTime, 1000));
  }

  private static void collectors(
      Sink sink, ToLongFunction<GarbageCollectorMXBean> value, double divisor) {
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      // -1 where the collector does not know.
      sink.add(Math.max(0, value.applyAsLong(gc)) / divisor, gc.getName());
    }
  }

  private static void threads(Metrics metrics) {
    metrics.gauge(
        "jvm_threads_current",
        "Current number of platform threads.",
        () -> ManagementFactory.getThreadMXBean().getThreadCount());
    metrics.gauge(
        "jvm_threads_peak",
        "Largest number of platform threads that ran at one time.",
        () -> ManagementFactory.getThreadMXBean().getPeakThreadCount());
    metrics.counter(
        "jvm_threads_started_total",
        "Platform threads that were started.",
        () -> ManagementFactory.getThreadMXBean().getTotalStartedThreadCount());
  }

  private static void classes(Metrics metrics) {
    metrics.gauge(
        "jvm_classes_currently_loaded",
        "Classes that are loaded now.",
        () -> ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
    metrics.counter(
        "jvm_classes_loaded_total",
        "Classes that were loaded since the start.",
        () -> ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    metrics.counter(
        "jvm_classes_unloaded_total",
        "Classes that were unloaded since the start.",
        () -> ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount());
  }
}
