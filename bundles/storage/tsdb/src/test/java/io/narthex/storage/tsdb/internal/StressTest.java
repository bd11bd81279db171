package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.HeadReport;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, readers and everything that works on the database besides, all at once: what each reader
 * sees is explained by the commits. For as long as {@code -Dnarthex.stress.seconds} says.
 */
@Timeout(7200)
class StressTest {

  private static final int SECONDS = Integer.getInteger("narthex.stress.seconds", 8);
  private static final int WRITERS = 3;
  private static final int READERS = 2;

  @TempDir Path dir;

  /** What is done to the database meanwhile, again and again. */
  private List<StressLoad.Work> maintenance(TsdbDatabase db) {
    Maintenance maintenance =
        new Maintenance(
            db,
            TsdbTestKit.options(dir),
            Disk.SYSTEM,
            CompactionMetrics.NONE,
            InstantSource.system());
    maintenance.setLimits(RetentionLimits.NONE);
    List<LabelMatcher> once = List.of(LabelMatcher.equal("__name__", "once"));
    return List.of(
        () -> {
          maintenance.compact();
          maintenance.reload();
        },
        () -> {
          maintenance.deleteSeries(StressLoad.T, db.head().maxTime() - 3_600_000, once);
          maintenance.cleanTombstones();
          Disk.SYSTEM.deleteTree(dir.resolve("snapshots").resolve(maintenance.snapshot(true)));
        },
        () -> assertThat(HeadReport.of(db.head(), 10).numSeries()).isNotNegative());
  }

  @Test
  void whatIsReadIsExplainedByTheCommits() throws Exception {
    StressLoad load = new StressLoad(WRITERS);
    try (TsdbDatabase db = open();
        // Platform threads: readers that never block would keep virtual writers waiting.
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        tasks.add(() -> load.write(db, writer));
      }
      for (int r = 0; r < READERS; r++) {
        int seed = r;
        tasks.add(() -> load.read(db, seed));
      }
      for (StressLoad.Work m : maintenance(db)) {
        tasks.add(() -> load.maintain(m));
      }
      load.until(System.nanoTime() + SECONDS * 1_000_000_000L);
      List<Future<Void>> running = tasks.stream().map(threads::submit).toList();
      for (Future<Void> f : running) {
        f.get();
      }
      load.checkAll(db);
      assertThat(load.checks()).isPositive();
    }
    try (TsdbDatabase db = open()) {
      load.checkAll(db);
    }
  }

  private TsdbDatabase open() throws IOException {
    return TsdbTestKit.open(dir);
  }
}
