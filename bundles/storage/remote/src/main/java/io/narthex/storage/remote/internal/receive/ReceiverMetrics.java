package io.narthex.storage.remote.internal.receive;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Counter;

/** What the receiver counts. */
final class ReceiverMetrics {

  /** Series of 1.0, samples of 2.0. */
  final Counter invalidLabels;

  final Counter withoutMetadata;

  ReceiverMetrics(Metrics metrics) {
    invalidLabels =
        metrics.counter(
            "prometheus_api_remote_write_invalid_labels_samples_total",
            "The total number of received remote write samples and histogram samples which were"
                + " rejected due to invalid labels.");
    withoutMetadata =
        metrics.counter(
            "prometheus_api_remote_write_without_metadata_appended_samples_total",
            "The total number of received remote write samples (and histogram samples) which were"
                + " ingested without corresponding metadata.");
  }
}
