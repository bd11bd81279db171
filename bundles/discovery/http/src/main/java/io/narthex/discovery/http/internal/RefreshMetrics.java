package io.narthex.discovery.http.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Counter;
import io.narthex.api.telemetry.Metrics.Observer;

/** The figures of look-ups that are made again and again, for one section. */
final class RefreshMetrics {

  private static final String MECHANISM = "http";

  final Counter failures;
  final Counter httpFailures;
  private final Observer duration;
  private final Observer durationHistogram;

  RefreshMetrics(Metrics metrics, String set) {
    failures =
        metrics
            .counters(
                "prometheus_sd_refresh_failures_total",
                "Number of refresh failures for the given SD mechanism.",
                "mechanism",
                "config")
            .with(MECHANISM, set);
    httpFailures =
        metrics.counter(
            "prometheus_sd_http_failures_total",
            "Number of HTTP service discovery refresh failures.");
    duration =
        metrics
            .summaries(
                "prometheus_sd_refresh_duration_seconds",
                "The duration of a refresh in seconds for the given SD mechanism.",
                new double[] {0.5, 0.9, 0.99},
                "mechanism",
                "config")
            .with(MECHANISM, set);
    durationHistogram =
        metrics
            .histograms(
                "prometheus_sd_refresh_duration_histogram_seconds",
                "The duration of a refresh for the given SD mechanism.",
                new double[] {0.01, 0.1, 1, 10},
                "mechanism")
            .with(MECHANISM);
  }

  void took(long nanos) {
    duration.observe(nanos / 1e9);
    durationHistogram.observe(nanos / 1e9);
  }
}
