package io.narthex.storage.tsdb.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** The metrics of a database's maintenance, under the reference's names. */
final class MaintenanceMetrics implements CompactionMetrics, AutoCloseable {

  private static final String PREFIX = "prometheus_tsdb_";

  private final Metrics metrics;
  private final List<Metrics.Registration> registrations = new ArrayList<>();
  private final LongAdder compactions = new LongAdder();
  private final LongAdder overlapping = new LongAdder();
  private final AtomicInteger populating = new AtomicInteger();
  private final Metrics.Observer duration;
  private final Metrics.Observer chunkSamples;
  private final Metrics.Observer chunkBytes;
  private final Metrics.Observer chunkRange;
  private final Metrics.Observer cleanup;

  MaintenanceMetrics(Metrics metrics) {
    this.metrics = metrics;
    duration =
        metrics.histogram(
            PREFIX + "compaction_duration_seconds",
            "Duration of compaction runs",
            exponential(1, 2, 14));
    chunkBytes =
        metrics.histogram(
            PREFIX + "compaction_chunk_size_bytes",
            "Final size of chunks on their first compaction",
            exponential(32, 1.5, 12));
    chunkSamples =
        metrics.histogram(
            PREFIX + "compaction_chunk_samples",
            "Final number of samples on their first compaction",
            exponential(4, 1.5, 12));
    chunkRange =
        metrics.histogram(
            PREFIX + "compaction_chunk_range_seconds",
            "Final time range of chunks on their first compaction",
            exponential(100, 4, 10));
    cleanup =
        metrics.histogram(
            PREFIX + "tombstone_cleanup_seconds",
            "The time taken to recompact blocks to remove tombstones.");
  }

  private static double[] exponential(double first, double factor, int count) {
    double[] bounds = new double[count];
    double bound = first;
    for (int i = 0; i < count; i++) {
      bounds[i] = bound;
      bound *= factor;
    }
    return bounds;
  }

  @Override
  public void compacted(double seconds, boolean overlap) {
    compactions.increment();
    duration.observe(seconds);
    if (overlap) {
      overlapping.increment();
    }
  }

  @Override
  public void populating(boolean begins) {
    populating.set(begins ? 1 : 0);
  }

  @Override
  public void chunk(int samples, long bytes, long range) {
    chunkSamples.observe(samples);
    chunkBytes.observe(bytes);
    chunkRange.observe(range);
  }

  @Override
  public void cleaned(double seconds) {
    cleanup.observe(seconds);
  }

  /** Registers what an open database is asked for. */
  void observe(Maintenance maintenance) {
    counter(
        "compactions_total",
        "Total number of compactions that were executed for the partition.",
        compactions::sum);
    counter(
        "vertical_compactions_total",
        "Total number of compactions done on overlapping blocks.",
        overlapping::sum);
    gauge(
        "compaction_populating_block",
        "Set to 1 when a block is currently being written to the disk.",
        populating::get);
    MaintenanceCounters c = maintenance.counters();
    counter(
        "compactions_triggered_total",
        "Total number of triggered compactions for the partition.",
        c.triggered::sum);
    counter(
        "compactions_failed_total",
        "Total number of compactions that failed for the partition.",
        c.failed::sum);
    counter(
        "compactions_skipped_total",
        "Total number of skipped compactions due to disabled auto compaction.",
        c.skipped::sum);
    counter(
        "reloads_total",
        "Number of times the database reloaded block data from disk.",
        c.reloads::sum);
    counter(
        "reloads_failures_total",
        "Number of times the database failed to reloadBlocks block data from disk.",
        c.reloadFailures::sum);
    retention(maintenance);
  }

  private void retention(Maintenance maintenance) {
    MaintenanceCounters c = maintenance.counters();
    counter(
        "time_retentions_total",
        "The number of times that blocks were deleted because the maximum time limit was exceeded.",
        c.timeRetentions::sum);
    counter(
        "size_retentions_total",
        "The number of times that blocks were deleted because the maximum number of bytes was"
            + " exceeded.",
        c.sizeRetentions::sum);
    gauge(
        "retention_limit_bytes",
        "Max number of bytes to be retained in the tsdb blocks, configured 0 means disabled",
        () -> maintenance.limits().size());
    gauge(
        "retention_limit_seconds",
        "How long to retain samples in storage.",
        () -> maintenance.limits().time() / 1000.0);
    gauge(
        "retention_limit_percentage",
        "Max percentage of the file system to be retained in the tsdb blocks, configured 0 means"
            + " disabled",
        () -> maintenance.limits().percentage());
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    registrations.add(metrics.gauge(PREFIX + name, help, value));
  }

  private void counter(String name, String help, DoubleSupplier value) {
    registrations.add(metrics.counter(PREFIX + name, help, value));
  }

  @Override
  public void close() {
    registrations.forEach(Metrics.Registration::close);
  }
}
