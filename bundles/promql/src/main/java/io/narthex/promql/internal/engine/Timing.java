package io.narthex.promql.internal.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Where the time of one query goes. */
final class Timing {

  private final LongSupplier nanoClock;
  private final EngineMetrics metrics;
  private final long start;
  private long queuedAt;
  private long preparedAt;
  private long finishedAt;

  Timing(LongSupplier nanoClock, EngineMetrics metrics) {
    this.nanoClock = nanoClock;
    this.metrics = metrics;
    this.start = nanoClock.getAsLong();
  }

  /** The query has its place. */
  void queued() {
    queuedAt = nanoClock.getAsLong();
    metrics.observe(EngineMetrics.Slice.QUEUE_TIME, (queuedAt - start) / 1e9);
  }

  /** The query is planned. */
  void prepared() {
    preparedAt = nanoClock.getAsLong();
    metrics.observe(EngineMetrics.Slice.PREPARE_TIME, (preparedAt - queuedAt) / 1e9);
  }

  /** The result is there. */
  void finished() {
    finishedAt = nanoClock.getAsLong();
    long from = preparedAt == 0 ? queuedAt : preparedAt;
    metrics.observe(EngineMetrics.Slice.INNER_EVAL, (finishedAt - from) / 1e9);
    metrics.observe(EngineMetrics.Slice.RESULT_SORT, 0);
  }

  /** By the reference's names; sorting is part of the evaluation here. */
  Map<String, Double> seconds() {
    long from = preparedAt == 0 ? queuedAt : preparedAt;
    Map<String, Double> timings = new LinkedHashMap<>();
    timings.put("evalTotalTime", (finishedAt - queuedAt) / 1e9);
    timings.put("resultSortTime", 0.0);
    timings.put("queryPreparationTime", (from - queuedAt) / 1e9);
    timings.put("innerEvalTime", (finishedAt - from) / 1e9);
    timings.put("execQueueTime", (queuedAt - start) / 1e9);
    timings.put("execTotalTime", (finishedAt - start) / 1e9);
    return timings;
  }
}
