package io.narthex.storage.tsdb.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.head.HeadCounters;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrder;
import io.narthex.storage.tsdb.internal.wal.WalMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/** The database's own metrics, under the reference's names; they leave when it closes. */
final class TsdbMetrics implements AutoCloseable {

  private static final String PREFIX = "prometheus_tsdb_";

  private final Metrics metrics;
  private final List<Metrics.Registration> registrations = new ArrayList<>();
  private final Log wal;
  private final Metrics.Observer lateness;

  private final Metrics.Observer gc;
  private final Metrics.Observer walTruncate;

  TsdbMetrics(Metrics metrics) {
    this.metrics = metrics;
    this.gc =
        metrics.summary(
            PREFIX + "head_gc_duration_seconds",
            "Runtime of garbage collection in the head block.");
    this.walTruncate =
        metrics.summary(PREFIX + "wal_truncate_duration_seconds", "Duration of WAL truncation.");
    this.lateness =
        metrics.histogram(
            PREFIX + "sample_ooo_delta",
            "Delta in seconds by which a sample is considered out of order (reported regardless of"
                + " OOO time window and whether sample is accepted or not).",
            600,
            1800,
            3600,
            7200,
            10800,
            21600,
            43200);
    Log wbl = log("out_of_order_wbl_", WalMetrics.NONE);
    this.wal = log("wal_", wbl);
  }

  private Log log(String prefix, WalMetrics outOfOrder) {
    Log made =
        new Log(
            metrics.summary(
                PREFIX + prefix + "fsync_duration_seconds",
                "Duration of write log fsync.",
                0.5,
                0.9,
                0.99),
            outOfOrder);
    counter(prefix + "page_flushes_total", "Total number of page flushes.", made.flushes::sum);
    counter(prefix + "completed_pages_total", "Total number of completed pages.", made.pages::sum);
    counter(
        prefix + "writes_failed_total",
        "Total number of write log writes that failed.",
        made.failures::sum);
    return made;
  }

  /** What the log counts. */
  private static final class Log implements WalMetrics {
    final LongAdder flushes = new LongAdder();
    final LongAdder pages = new LongAdder();
    final LongAdder failures = new LongAdder();
    private final Metrics.Observer fsync;
    private final WalMetrics outOfOrder;

    Log(Metrics.Observer fsync, WalMetrics outOfOrder) {
      this.fsync = fsync;
      this.outOfOrder = outOfOrder;
    }

    @Override
    public WalMetrics outOfOrder() {
      return outOfOrder;
    }

    @Override
    public void pageFlushed() {
      flushes.increment();
    }

    @Override
    public void pageCompleted() {
      pages.increment();
    }

    @Override
    public void writeFailed() {
      failures.increment();
    }

    @Override
    public void synced(double seconds) {
      fsync.observe(seconds);
    }
  }

  WalMetrics wal() {
    return wal;
  }

  /** Registers what an open database is asked for. */
  void observe(TsdbDatabase db) {
    Head head = db.head();
    HeadCounters c = head.counters();
    gauge("head_series", "Total number of series in the head block.", head::seriesCount);
    gauge(
        "head_native_histogram_series",
        "Total number of native histogram series in the head block.",
        head::histogramSeries);
    gauge("head_chunks", "Total number of chunks in the head block.", head::chunkCount);
    gauge("head_chunks_storage_size_bytes", "Size of the chunks_head directory.", () -> 0);
    gauge(
        "head_active_appenders",
        "Number of currently active appender transactions",
        db::activeAppenders);
    times(db, head);
    counter(
        "head_series_created_total",
        "Total number of series created in the head",
        c.seriesCreated::sum);
    counter(
        "head_series_removed_total",
        "Total number of series removed in the head",
        c.seriesRemoved::sum);
    counter(
        "head_series_not_found_total",
        "Total number of requests for series that were not found.",
        c.seriesNotFound::sum);
    counter(
        "head_chunks_created_total",
        "Total number of chunks created in the head",
        c.chunksCreated::sum);
    counter(
        "head_chunks_removed_total",
        "Total number of chunks removed in the head",
        c.chunksRemoved::sum);
    counter(
        "head_appenders_created_total",
        "Total number of appenders created in the head",
        c.appendersCreated::sum);
    samples(c, head.outOfOrder());
    c.lateness = lateness::observe;
    exemplars(head);
    log(db);
    gauge(
        "isolation_low_watermark",
        "The lowest TSDB append ID that is still referenced.",
        head::lowWatermark);
    gauge(
        "isolation_high_watermark",
        "The highest TSDB append ID that has been given out.",
        head::highWatermark);
    BlockSet blocks = db.blocks();
    gauge(
        "symbol_table_size_bytes",
        "Size of symbol table in memory for loaded blocks",
        blocks::symbolTableSize);
    gauge("blocks_loaded", "Number of currently loaded data blocks", () -> blocks.blocks().size());
    gauge(
        "storage_blocks_bytes",
        "The number of bytes that are currently used for local storage by all blocks.",
        blocks::size);
    gauge(
        "clean_start",
        "-1: lockfile is disabled. 0: a lockfile from a previous execution was replaced. 1:"
            + " lockfile creation was clean",
        db::cleanStart);
  }

  private void times(TsdbDatabase db, Head head) {
    gauge(
        "head_min_time",
        "Minimum time bound of the head block. The unit is decided by the" + " library consumer.",
        head::minTime);
    gauge(
        "head_max_time",
        "Maximum timestamp of the head block. The unit is decided by the library" + " consumer.",
        head::maxTime);
    gauge(
        "head_min_time_seconds",
        "Minimum time bound of the head block.",
        () -> head.minTime() / 1000.0);
    gauge(
        "head_max_time_seconds",
        "Maximum timestamp of the head block.",
        () -> head.maxTime() / 1000.0);
    gauge(
        "lowest_timestamp",
        "Lowest timestamp value stored in the database. The unit is decided"
            + " by the library consumer.",
        db::startTime);
    gauge(
        "lowest_timestamp_seconds",
        "Lowest timestamp value stored in the database.",
        () -> db.startTime() / 1000.0);
  }

  private void samples(HeadCounters c, OutOfOrder late) {
    typed(
        "head_samples_appended_total",
        "Total number of appended samples.",
        c.floatsAppended::sum,
        c.histogramsAppended::sum);
    typed(
        "head_out_of_order_samples_appended_total",
        "Total number of appended out of order samples.",
        late.floatsAppended::sum,
        late.histogramsAppended::sum);
    typed(
        "too_old_samples_total",
        "Total number of out of order samples ingestion failed attempts with out of support"
            + " enabled, but sample outside of time window.",
        c.floats.tooOld::sum,
        c.histograms.tooOld::sum);
    typed(
        "out_of_order_samples_total",
        "Total number of out of order samples ingestion failed"
            + " attempts due to out of order being disabled.",
        c.floats.outOfOrder::sum,
        c.histograms.outOfOrder::sum);
    typed(
        "out_of_bound_samples_total",
        "Total number of out of bound samples ingestion failed"
            + " attempts with out of order support disabled.",
        c.floats.outOfBounds::sum,
        c.histograms.outOfBounds::sum);
  }

  private void exemplars(Head head) {
    HeadCounters c = head.counters();
    counter(
        "exemplar_exemplars_appended_total",
        "Total number of appended exemplars.",
        c.exemplarsAppended::sum);
    counter(
        "exemplar_out_of_order_exemplars_total",
        "Total number of out of order exemplar ingestion failed attempts.",
        c.exemplarsOutOfOrder::sum);
    gauge(
        "exemplar_exemplars_in_storage",
        "Number of exemplars currently in circular storage.",
        head.exemplars()::count);
    gauge(
        "exemplar_series_with_exemplars_in_storage",
        "Number of series with exemplars currently in circular storage.",
        head.exemplars()::seriesCount);
    gauge(
        "exemplar_last_exemplars_timestamp_seconds",
        "The timestamp of the oldest exemplar"
            + " stored in circular storage. Useful to check for what time range the current"
            + " exemplar buffer limit allows. This usually means the last timestamp for all"
            + " exemplars for a typical setup. This is not true though if one of the series"
            + " timestamp is in future compared to rest series.",
        () -> head.exemplars().lastTime() / 1000.0);
    gauge(
        "exemplar_max_exemplars",
        "Total number of exemplars the exemplar storage can store," + " resizeable.",
        head.exemplars()::capacity);
  }

  private void log(TsdbDatabase db) {
    gauge(
        "wal_segment_current",
        "Write log segment index that TSDB is currently writing to.",
        db::walSegment);
    gauge("wal_storage_size_bytes", "Size of the write log directory.", db::walSize);
    gauge(
        "out_of_order_wbl_segment_current",
        "Write log segment index that TSDB is currently writing to.",
        db::wblSegment);
    gauge("out_of_order_wbl_storage_size_bytes", "Size of the write log directory.", db::wblSize);
    counter("wal_corruptions_total", "Total number of WAL corruptions.", db::corruptions);
    truncations(db);
    gauge(
        "data_replay_duration_seconds",
        "Time taken to replay the data on disk.",
        db::replaySeconds);
  }

  private void truncations(TsdbDatabase db) {
    HeadCounters c = db.head().counters();
    WalTruncation t = db.walTruncation();
    counter(
        "head_truncations_total",
        "Total number of head truncations attempted.",
        c.truncations::sum);
    counter(
        "head_truncations_failed_total",
        "Total number of head truncations that failed.",
        c.truncationsFailed::sum);
    counter(
        "wal_truncations_total",
        "Total number of write log truncations that were attempted.",
        t.truncations::sum);
    counter(
        "wal_truncations_failed_total",
        "Total number of write log truncations that failed.",
        t.failures::sum);
    counter(
        "checkpoint_creations_total",
        "Total number of checkpoint creations attempted.",
        t.checkpointsCreated::sum);
    counter(
        "checkpoint_creations_failed_total",
        "Total number of checkpoint creations that failed.",
        t.checkpointsFailed::sum);
    counter(
        "checkpoint_deletions_total",
        "Total number of checkpoint deletions attempted.",
        t.checkpointsDeleted::sum);
    counter(
        "checkpoint_deletions_failed_total",
        "Total number of checkpoint deletions that failed.",
        t.deletionsFailed::sum);
    db.whenTruncated(gc::observe, walTruncate::observe);
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    registrations.add(metrics.gauge(PREFIX + name, help, value));
  }

  private void counter(String name, String help, DoubleSupplier value) {
    registrations.add(metrics.counter(PREFIX + name, help, value));
  }

  private void typed(String name, String help, DoubleSupplier floats, DoubleSupplier histograms) {
    registrations.add(
        metrics.collect(
            PREFIX + name,
            help,
            true,
            List.of("type"),
            sink -> {
              sink.add(floats.getAsDouble(), "float");
              sink.add(histograms.getAsDouble(), "histogram");
            }));
  }

  /** Takes over metrics that leave with the others. */
  void keep(List<Metrics.Registration> others) {
    registrations.addAll(others);
  }

  @Override
  public void close() {
    registrations.forEach(Metrics.Registration::close);
  }
}
