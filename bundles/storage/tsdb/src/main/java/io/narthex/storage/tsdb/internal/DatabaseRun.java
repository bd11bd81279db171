package io.narthex.storage.tsdb.internal;

import io.narthex.api.config.StorageConfig;
import io.narthex.api.storage.HeadStatistics.ReplayProgress;
import io.narthex.api.storage.HeadStatistics.Statistics;
import io.narthex.api.telemetry.Metrics;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.HeadReport;
import io.narthex.storage.tsdb.internal.head.Limits;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the database from opening to closing. */
final class DatabaseRun {

  private static final Logger log = LoggerFactory.getLogger(DatabaseRun.class);
  private static final ReplayProgress NOTHING = new ReplayProgress(0, 0, 0);

  /** Makes an open database known to others. */
  @FunctionalInterface
  interface Publisher {
    /**
     * @return what takes it back; returns when nobody is offered it any more
     */
    Runnable publish(OpenDatabase database);
  }

  private final TsdbOptions options;
  private final Supplier<Limits> limits;
  private final Metrics metrics;
  private final Publisher publisher;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private volatile @Nullable OpenDatabase open;

  /** What the configuration says, null until it is known. */
  private volatile StorageConfig.@Nullable Tsdb settings;

  private volatile Supplier<ReplayProgress> progress = () -> NOTHING;

  DatabaseRun(TsdbOptions options, Metrics metrics, Publisher publisher) {
    this(options, () -> Limits.DEFAULT, metrics, publisher);
  }

  DatabaseRun(TsdbOptions options, Supplier<Limits> limits, Metrics metrics, Publisher publisher) {
    this.limits = limits;
    this.options = options;
    this.metrics = metrics;
    this.publisher = publisher;
  }

  /** Opens, publishes, waits for {@link #interrupt}, takes back and closes. */
  void execute() throws IOException, InterruptedException {
    log.atInfo().addKeyValue("path", options.path()).log("Starting TSDB ...");
    TsdbMetrics figures = new TsdbMetrics(metrics);
    MaintenanceMetrics blockFigures = new MaintenanceMetrics(metrics);
    try (figures;
        blockFigures) {
      TsdbDatabase database;
      try {
        database =
            TsdbDatabase.open(options, Disk.SYSTEM, figures.wal(), p -> progress = p, end::isDone);
      } catch (CancellationException e) {
        log.atInfo().log("Opening TSDB was interrupted");
        return;
      } catch (IOException e) {
        throw new IOException("opening storage failed: " + e.getMessage(), e);
      }
      database.head().ingestion().limitBy(limits);
      try (database;
          SpaceGuard space =
              SpaceGuard.start(
                  () -> Disk.SYSTEM.usableSpace(options.path()), database.head().ingestion())) {
        figures.observe(database);
        figures.keep(LimitMetrics.register(metrics, database.head().ingestion(), space::usable));
        Maintenance work =
            new Maintenance(database, options, Disk.SYSTEM, blockFigures, InstantSource.system());
        blockFigures.observe(work);
        log.atInfo()
            .addKeyValue("series", database.head().seriesCount())
            .addKeyValue("replay_seconds", database.replaySeconds())
            .log("TSDB started");
        serve(database, work);
      } finally {
        open = null;
      }
    }
    log.atInfo().log("TSDB stopped");
  }

  /** Lets others use the database, and maintains it, until the end. */
  private void serve(TsdbDatabase database, Maintenance work)
      throws IOException, InterruptedException {
    MaintenanceLoop loop = new MaintenanceLoop(work, options.maintenance().reloadInterval());
    OpenDatabase now = new OpenDatabase(database, work, loop);
    open = now;
    apply(settings);
    loop.start();
    try {
      Runnable retract = publisher.publish(now);
      try {
        database.whenLockLost(end::completeExceptionally);
        end.get();
      } catch (ExecutionException e) {
        throw new IOException("opening storage failed: " + reason(e), e.getCause());
      } finally {
        log.atInfo().log("Stopping TSDB...");
        work.cancel();
        retract.run();
      }
    } finally {
      loop.stop();
    }
  }

  /**
   * Puts settings into effect, now if the database is open, else as soon as it is. Until there are
   * some, nothing is deleted.
   *
   * @param tsdb null to leave everything as it is
   */
  void configure(StorageConfig.@Nullable Tsdb tsdb) {
    settings = tsdb;
    apply(tsdb);
  }

  /** The settings that were given last. */
  StorageConfig.@Nullable Tsdb settings() {
    return settings;
  }

  private void apply(StorageConfig.@Nullable Tsdb tsdb) {
    OpenDatabase now = open;
    if (now != null && tsdb != null) {
      StorageConfig.Retention r = tsdb.retention();
      now.maintenance().setLimits(new RetentionLimits(r.time(), r.size(), r.percentage()));
      now.database().setOutOfOrderWindow(tsdb.outOfOrderTimeWindow());
    }
  }

  void interrupt() {
    end.complete(null);
  }

  private static String reason(ExecutionException e) {
    Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  ReplayProgress replayProgress() {
    return progress.get();
  }

  Statistics statistics(int limit) {
    OpenDatabase now = open;
    return now == null
        ? new Statistics(
            0, 0, Long.MAX_VALUE, Long.MIN_VALUE, 0, List.of(), List.of(), List.of(), List.of())
        : HeadReport.of(now.database().head(), limit);
  }
}
