package io.narthex.telemetry.internal;

import io.narthex.api.telemetry.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.DoubleSupplier;

/** The metrics of the process under the names that every client library uses. */
final class ProcessMetrics {

  /** A fact that may not be readable. */
  private interface Fact {
    double read() throws IOException;
  }

  private ProcessMetrics() {}

  static void register(Metrics metrics, ProcFiles proc) {
    if (!proc.available()) {
      return;
    }
    metrics.counter(
        "process_cpu_seconds_total",
        "Total user and system CPU time spent in seconds.",
        asked(proc::cpuSeconds));
    metrics.gauge(
        "process_start_time_seconds",
        "Start time of the process since unix epoch in seconds.",
        asked(proc::startTime));
    metrics.gauge(
        "process_resident_memory_bytes",
        "Resident memory size in bytes.",
        asked(proc::residentBytes));
    metrics.gauge(
        "process_virtual_memory_bytes", "Virtual memory size in bytes.", asked(proc::virtualBytes));
    metrics.gauge(
        "process_virtual_memory_max_bytes",
        "Maximum amount of virtual memory available in bytes.",
        asked(proc::maxVirtualBytes));
    metrics.gauge("process_open_fds", "Number of open file descriptors.", asked(proc::openFiles));
    metrics.gauge(
        "process_max_fds", "Maximum number of open file descriptors.", asked(proc::maxFiles));
  }

  private static DoubleSupplier asked(Fact fact) {
    return () -> {
      try {
        return fact.read();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }
}
