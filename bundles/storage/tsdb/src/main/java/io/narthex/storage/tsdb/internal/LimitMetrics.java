package io.narthex.storage.tsdb.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.storage.tsdb.internal.head.Ingestion;
import io.narthex.storage.tsdb.internal.head.Ingestion.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Metrics of what a database refuses because of its limits. */
final class LimitMetrics {

  private static final String PREFIX = "narthex_tsdb_";

  private LimitMetrics() {}

  static List<Metrics.Registration> register(
      Metrics metrics, Ingestion ingestion, DoubleSupplier usableSpace) {
    return List.of(
        metrics.collect(
            PREFIX + "series_refused_total",
            "New series that were not taken, by the limit that they met.",
            true,
            List.of("limit"),
            sink -> {
              for (Refusal why : Refusal.values()) {
                sink.add(ingestion.refused(why), why.name().toLowerCase(Locale.ROOT));
              }
            }),
        metrics.counter(
            PREFIX + "samples_refused_total",
            "Samples that were not taken because there was no space.",
            ingestion.samplesRefused::sum),
        metrics.gauge(
            PREFIX + "ingestion_state",
            "0: everything is taken. 1: no new series, space is low. 2: no samples, no space"
                + " is left.",
            () -> ingestion.state().ordinal()),
        metrics.gauge(
            PREFIX + "usable_space_bytes",
            "Usable bytes of the disk of the data directory.",
            usableSpace));
  }
}
