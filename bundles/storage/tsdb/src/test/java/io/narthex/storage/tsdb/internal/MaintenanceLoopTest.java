package io.narthex.storage.tsdb.internal;

import static io.narthex.storage.tsdb.internal.TsdbTestKit.all;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.append;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.StorageMaintenance.State;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import io.narthex.storage.tsdb.internal.disk.ForwardingDisk;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class MaintenanceLoopTest {

  private static final long HOUR = 3_600_000;
  private static final long T = 18 * HOUR * 26_000;
  private static final long NEVER = TimeUnit.DAYS.toMillis(1);

  @TempDir Path dir;
  private volatile boolean full;
  private TsdbDatabase database;
  private Maintenance maintenance;
  private MaintenanceLoop loop;

  /** Has no space for files of blocks while {@link #full}. */
  private final class SmallDisk extends ForwardingDisk {
    SmallDisk() {
      super(Disk.SYSTEM);
    }

    @Override
    public DiskFile create(Path file) throws IOException {
      if (full && file.toString().contains(".tmp-for-creation")) {
        throw new IOException(file + ": No space left on device");
      }
      return super.create(file);
    }
  }

  @BeforeEach
  void open() throws Exception {
    Disk disk = new SmallDisk();
    database = TsdbTestKit.open(options(dir), disk);
    maintenance =
        new Maintenance(
            database, options(dir), disk, CompactionMetrics.NONE, InstantSource.system());
    maintenance.setLimits(RetentionLimits.NONE);
    loop = new MaintenanceLoop(maintenance, NEVER);
    for (int i = 0; i < 5 * 60; i++) {
      append(database, Labels.of("__name__", "a"), T + i * 60_000L, i);
    }
  }

  @AfterEach
  void close() throws Exception {
    loop.stop();
    database.close();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.yield();
    }
  }

  private int blocks() {
    return database.blocks().blocks().size();
  }

  private boolean isIn(State state) {
    return loop.status().state() == state;
  }

  @Test
  void looksAtOnceAndWhenAsked() throws Exception {
    loop.start();
    await(() -> blocks() == 1 && isIn(State.IDLE));
    assertThat(maintenance.counters().triggered.sum()).isEqualTo(1);
    for (int i = 5 * 60; i < 8 * 60; i++) {
      append(database, Labels.of("__name__", "a"), T + i * 60_000L, i);
    }
    assertThat(blocks()).isEqualTo(1);
    loop.runNow();
    await(() -> blocks() == 3 && isIn(State.IDLE));
    assertThat(loop.status().recent()).hasSize(3).allMatch(r -> r.error() == null);
    assertThat(loop.status().task()).isNull();
  }

  @Test
  void doesNothingByItselfWhilePaused() throws Exception {
    loop.pause();
    loop.start();
    await(() -> maintenance.counters().skipped.sum() == 1);
    assertThat(loop.status().paused()).isTrue();
    assertThat(isIn(State.PAUSED)).isTrue();
    assertThat(blocks()).isZero();
    loop.runNow();
    await(() -> blocks() == 1);
    assertThat(loop.status().paused()).isTrue();
    for (int i = 5 * 60; i < 8 * 60; i++) {
      append(database, Labels.of("__name__", "a"), T + i * 60_000L, i);
    }
    loop.resume();
    await(() -> blocks() == 3 && isIn(State.IDLE));
    assertThat(loop.status().paused()).isFalse();
  }

  @Test
  void triesAgainAfterAFailure() throws Exception {
    Map<Labels, List<Sample>> before = all(database);
    full = true;
    loop.start();
    // The second try comes by itself.
    await(() -> maintenance.counters().failed.sum() >= 2 && isIn(State.BACKING_OFF));
    assertThat(loop.status().recent().getFirst().error()).contains("No space left on device");
    assertThat(blocks()).isZero();
    assertThat(all(database)).isEqualTo(before);
    full = false;
    await(() -> blocks() == 1 && isIn(State.IDLE));
    assertThat(all(database)).isEqualTo(before);
    assertThat(dir.toFile().list((d, name) -> name.contains("tmp"))).isEmpty();
  }

  @Test
  void wantOfSpaceIsNoFaultOfTheBlocks() throws Exception {
    for (int i = 5 * 60; i < 14 * 60; i++) {
      append(database, Labels.of("__name__", "a"), T + i * 60_000L, i);
    }
    Map<Labels, List<Sample>> before = all(database);
    // The head's blocks are there; making one of them fails.
    maintenance.setLimits(RetentionLimits.NONE);
    Maintenance heads =
        new Maintenance(
            database, options(dir), Disk.SYSTEM, CompactionMetrics.NONE, InstantSource.system());
    heads.compact();
    assertThat(blocks()).isEqualTo(6);
    full = true;
    loop.start();
    await(() -> maintenance.counters().failed.sum() >= 1 && isIn(State.BACKING_OFF));
    assertThat(database.blocks().blocks()).noneMatch(b -> b.meta().compaction().failed());
    full = false;
    await(() -> blocks() == 4 && isIn(State.IDLE));
    assertThat(all(database)).isEqualTo(before);
  }

  @Test
  void stopsAtOnceHoweverLongItWouldWait() throws Exception {
    loop.start();
    await(() -> blocks() == 1);
    loop.stop();
    loop.stop();
    loop.runNow();
    assertThat(blocks()).isEqualTo(1);
  }
}
