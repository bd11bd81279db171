package io.narthex.discovery.file.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Counter;
import io.narthex.api.telemetry.Metrics.Family;
import io.narthex.api.telemetry.Metrics.Gauge;
import io.narthex.api.telemetry.Metrics.Observer;

/** The figures that all file discoverers share. */
final class FileMetrics {

  final Counter readErrors;
  final Counter watcherErrors;
  final Observer scanDuration;
  final Family<Gauge> modified;

  FileMetrics(Metrics metrics) {
    readErrors =
        metrics.counter(
            "prometheus_sd_file_read_errors_total", "The number of File-SD read errors.");
    watcherErrors =
        metrics.counter(
            "prometheus_sd_file_watcher_errors_total",
            "The number of File-SD errors caused by filesystem watch failures.");
    scanDuration =
        metrics.summary(
            "prometheus_sd_file_scan_duration_seconds",
            "The duration of the File-SD scan in seconds.",
            0.5,
            0.9,
            0.99);
    modified =
        metrics.gauges(
            "prometheus_sd_file_mtime_seconds",
            "Timestamp (mtime) of files read by FileSD. Timestamp is set at read time.",
            "filename");
  }
}
