package io.narthex.promql.internal.engine;

import io.narthex.api.telemetry.Metrics;
import io.narthex.promql.internal.engine.querylog.QueryLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/** The engine's own metrics. */
public final class EngineMetrics implements AutoCloseable {

  /** The parts of a query's time. */
  public enum Slice {
    QUEUE_TIME("queue_time"),
    PREPARE_TIME("prepare_time"),
    INNER_EVAL("inner_eval"),
    RESULT_SORT("result_sort");

    private final String label;

    Slice(String label) {
      this.label = label;
    }
  }

  private static final double[] SECONDS = {.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 25, 50, 100};

  private final Metrics.Observer[] summaries = new Metrics.Observer[Slice.values().length];
  private final Metrics.Observer[] histograms = new Metrics.Observer[Slice.values().length];
  private final Metrics.Counter logFailures;
  private final Metrics.Counter samples;
  private final Metrics.Counter samplesRead;
  private final List<Metrics.Registration> registrations = new ArrayList<>();

  public EngineMetrics(Metrics metrics, int maxConcurrency) {
    var summary =
        metrics.summaries(
            "prometheus_engine_query_duration_seconds",
            "Query timings",
            new double[] {0.5, 0.9, 0.99},
            "slice");
    var histogram =
        metrics.histograms(
            "prometheus_engine_query_duration_histogram_seconds",
            "The duration of various parts of PromQL query execution.",
            SECONDS,
            "slice");
    for (Slice slice : Slice.values()) {
      summaries[slice.ordinal()] = summary.with(slice.label);
      histograms[slice.ordinal()] = histogram.with(slice.label);
    }
    registrations.add(summary);
    registrations.add(histogram);
    metrics
        .gauge("prometheus_engine_queries_concurrent_max", "The max number of concurrent queries.")
        .set(maxConcurrency);
    logFailures =
        metrics.counter(
            "prometheus_engine_query_log_failures_total", "The number of query log failures.");
    samples =
        metrics.counter(
            "prometheus_engine_query_samples_total",
            "The total number of samples loaded by all queries.");
    samplesRead =
        metrics.counter(
            "prometheus_engine_query_samples_read_total",
            "The total number of samples read by all queries.");
  }

  /** Shows the number of queries that run or wait, and whether they are logged. */
  void showQueries(Metrics metrics, IntSupplier queries, QueryLog log) {
    registrations.add(
        metrics.gauge(
            "prometheus_engine_queries",
            "The current number of queries being executed or waiting.",
            queries::getAsInt));
    registrations.add(
        metrics.gauge(
            "prometheus_engine_query_log_enabled",
            "State of the query log.",
            () -> log.isEnabled() ? 1 : 0));
  }

  void logFailed() {
    logFailures.add(1);
  }

  void observe(Slice slice, double seconds) {
    summaries[slice.ordinal()].observe(seconds);
    histograms[slice.ordinal()].observe(seconds);
  }

  void count(long queryable, long read) {
    samples.add(queryable);
    samplesRead.add(read);
  }

  @Override
  public void close() {
    registrations.forEach(Metrics.Registration::close);
  }
}
