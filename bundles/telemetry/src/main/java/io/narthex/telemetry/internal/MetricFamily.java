package io.narthex.telemetry.internal;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/**
 * A metric with all its series. The client library's own names are not used, because it refuses
 * names that the reference has, for instance {@code prometheus_tsdb_head_series_created_total}.
 */
sealed interface MetricFamily permits StoredFamily, AskedFamily {

  /** The name that the client library sees; nobody else does. */
  String INNER_NAME = "m";

  MetricSpec spec();

  /** The current values, series sorted by labels. */
  MetricSnapshot collect();
}
