package io.narthex.storage.tsdb.internal;

import static io.narthex.storage.tsdb.internal.TsdbTestKit.all;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.open;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageAdmin;
import io.narthex.api.storage.StorageMaintenance.Run;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintenanceTest {

  private static final long HOUR = 3_600_000;
  private static final long STEP = 60_000;

  /** A multiple of 18 hours. */
  private static final long T = 18 * HOUR * 26_000;

  private static final RetentionLimits DEFAULT = new RetentionLimits(15 * 24 * HOUR, 0, 0);

  private static final LabelMatcher ANY = LabelMatcher.equal("job", "x");

  @TempDir Path dir;
  private final Map<Labels, List<Sample>> expected = new TreeMap<>();
  private TsdbDatabase database;
  private Maintenance maintenance;
  private StorageAdmin admin;

  private void start() throws IOException {
    start(MaintenanceOptions.DEFAULT);
  }

  private void start(MaintenanceOptions m) throws IOException {
    TsdbOptions options = options(dir).with(m);
    database = open(options);
    maintenance =
        new Maintenance(
            database,
            options,
            Disk.SYSTEM,
            CompactionMetrics.NONE,
            InstantSource.fixed(Instant.ofEpochMilli(T)));
    maintenance.setLimits(DEFAULT);
    admin = new DatabaseAdmin(maintenance, database.blocks());
  }

  private void restart() throws IOException {
    stop();
    start();
  }

  @AfterEach
  void stop() throws IOException {
    if (database != null) {
      database.close();
    }
  }

  /** A sample a minute and series, from one hour to another one. */
  private void fill(double fromHour, double toHour) throws IOException {
    for (long t = T + (long) (fromHour * HOUR); t < T + toHour * HOUR; t += STEP) {
      Appender a = database.appender();
      for (int i = 0; i < 5; i++) {
        Labels labels = Labels.of("__name__", "m" + i, "job", "x");
        double v = Math.sin(t + i);
        a.append(a.series(labels), t, v);
        expected.computeIfAbsent(labels, l -> new ArrayList<>()).add(Sample.of(t, v));
      }
      a.commit();
    }
  }

  /** Begin and end of blocks, in hours after {@link #T}, and their level. */
  private List<String> blocks() {
    return admin.blocks().stream()
        .map(b -> hours(b.minTime()) + "-" + hours(b.maxTime()) + " L" + b.level())
        .toList();
  }

  private static String hours(long t) {
    double h = (t - T) / (double) HOUR;
    return h == Math.rint(h) ? String.valueOf((long) h) : String.valueOf(h);
  }

  @Test
  void theHeadBecomesBlocksAndTheseBecomeLarger() throws Exception {
    start();
    fill(0.5, 3);
    maintenance.compact();
    assertThat(blocks()).isEmpty();
    fill(3, 4);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0.5-2 L1");
    assertThat(database.head().minTime()).isEqualTo(T + 2 * HOUR);
    assertThat(all(database)).isEqualTo(expected);
    fill(4, 10);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0.5-2 L1", "2-4 L1", "4-6 L1", "6-8 L1");
    fill(10, 12);
    maintenance.compact();
    // They do not fill the range, so one more has to show that nothing comes; the newest block
    // stays as it is for a while.
    assertThat(blocks()).containsExactly("0.5-6 L2", "6-8 L1", "8-10 L1");
    assertThat(all(database)).isEqualTo(expected);
    fill(12, 28);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0.5-18 L3", "18-24 L2", "24-26 L1");
    assertThat(admin.blocks().getFirst().sources()).hasSize(9);
    assertThat(all(database)).isEqualTo(expected);
    restart();
    assertThat(blocks()).containsExactly("0.5-18 L3", "18-24 L2", "24-26 L1");
    assertThat(all(database)).isEqualTo(expected);
    assertThat(directories()).hasSize(3);
  }

  private List<String> directories() {
    return Arrays.stream(Objects.requireNonNull(dir.toFile().list()))
        .filter(n -> n.startsWith("0"))
        .toList();
  }

  @Test
  void manyBlocksAtOnce() throws Exception {
    start();
    fill(0, 28);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0-18 L3", "18-24 L2", "24-26 L1");
    assertThat(all(database)).isEqualTo(expected);
    maintenance.compact();
    assertThat(blocks()).hasSize(3);
    assertThat(maintenance.recorder().recent())
        .filteredOn(r -> r.what().startsWith("making a block of the head"))
        .hasSize(13);
    assertThat(maintenance.recorder().recent()).extracting(Run::error).containsOnlyNulls();
    assertThat(maintenance.recorder().current()).isNull();
  }

  @Test
  void noBlockIsLongerThanWhatIsAllowed() throws Exception {
    start(new MaintenanceOptions(6 * HOUR, true, 1 << 20, null, 60_000, 0));
    fill(0, 28);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0-6 L2", "6-12 L2", "12-18 L2", "18-24 L2", "24-26 L1");
  }

  @Test
  void aTenthOfTheRetentionTimeBoundsBlocks() {
    assertThat(MaintenanceOptions.DEFAULT.ranges(2 * HOUR, DEFAULT).toString())
        .isEqualTo("[7200000, 21600000, 64800000]");
    assertThat(MaintenanceOptions.DEFAULT.ranges(2 * HOUR, RetentionLimits.NONE).count())
        .isEqualTo(6);
  }

  @Test
  void whatIsTooOldGoes() throws Exception {
    start();
    fill(0, 28);
    maintenance.compact();
    maintenance.setLimits(new RetentionLimits(8 * HOUR, 0, 0));
    assertThat(blocks()).hasSize(3);
    maintenance.reload();
    assertThat(blocks()).containsExactly("18-24 L2", "24-26 L1");
    assertThat(maintenance.counters().timeRetentions.sum()).isEqualTo(1);
    expected.values().forEach(l -> l.removeIf(s -> s.t() < T + 18 * HOUR));
    assertThat(all(database)).isEqualTo(expected);
    assertThat(directories()).hasSize(2);
  }

  @Test
  void whatIsTooMuchGoes() throws Exception {
    start();
    fill(0, 28);
    maintenance.compact();
    long newest = admin.blocks().getLast().bytes();
    maintenance.setLimits(new RetentionLimits(0, database.logAndHeadBytes() + newest + 100, 0));
    maintenance.reload();
    assertThat(blocks()).containsExactly("24-26 L1");
    assertThat(maintenance.counters().sizeRetentions.sum()).isEqualTo(1);
    // A share of the disk that is always larger.
    maintenance.setLimits(new RetentionLimits(0, 1, 100));
    maintenance.reload();
    assertThat(blocks()).hasSize(1);
  }

  @Test
  void deletedSamplesAreGoneEverywhere() throws Exception {
    start();
    fill(0, 9);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0-2 L1", "2-4 L1", "4-6 L1");
    admin.deleteSeries(T + HOUR, T + 17 * HOUR / 2, List.of(LabelMatcher.equal("__name__", "m1")));
    expected
        .get(Labels.of("__name__", "m1", "job", "x"))
        .removeIf(s -> s.t() >= T + HOUR && s.t() <= T + 17 * HOUR / 2);
    assertThat(all(database)).isEqualTo(expected);
    assertThat(admin.blocks()).allMatch(b -> b.contents().tombstones() == 1);
    restart();
    assertThat(all(database)).isEqualTo(expected);
    admin.cleanTombstones();
    assertThat(all(database)).isEqualTo(expected);
    assertThat(admin.blocks()).allMatch(b -> b.contents().tombstones() == 0);
    assertThat(admin.blocks().get(1).contents().series()).isEqualTo(4);
    assertThat(admin.blocks().get(1).parents()).hasSize(1);
    fill(9, 12);
    maintenance.compact();
    assertThat(all(database)).isEqualTo(expected);
  }

  @Test
  void aBlockOfWhichAllIsDeletedGoes() throws Exception {
    start();
    fill(0, 7);
    maintenance.compact();
    admin.deleteSeries(T, T + 2 * HOUR - 1, List.of(ANY));
    admin.cleanTombstones();
    assertThat(blocks()).containsExactly("2-4 L1");
    assertThat(directories()).hasSize(1);
    expected.values().forEach(l -> l.removeIf(s -> s.t() < T + 2 * HOUR));
    assertThat(all(database)).isEqualTo(expected);
  }

  @Test
  void aHeadOfWhichAllIsDeletedBecomesNoBlock() throws Exception {
    start();
    fill(0, 4);
    admin.deleteSeries(T, T + 2 * HOUR - 1, List.of(ANY));
    maintenance.compact();
    assertThat(blocks()).isEmpty();
    assertThat(database.head().minTime()).isGreaterThanOrEqualTo(T + 2 * HOUR);
    expected.values().forEach(l -> l.removeIf(s -> s.t() < T + 2 * HOUR));
    assertThat(all(database)).isEqualTo(expected);
  }

  @Test
  void aSnapshotIsADatabase() throws Exception {
    start();
    fill(0, 7);
    maintenance.compact();
    String whole = admin.snapshot(true);
    String blocks = admin.snapshot(false);
    assertThat(whole).matches("\\d{8}T\\d{6}Z-[0-9a-f]{16}");
    Path snapshots = dir.resolve("snapshots");
    try (TsdbDatabase copy = open(options(snapshots.resolve(whole)))) {
      assertThat(all(copy)).isEqualTo(expected);
    }
    try (TsdbDatabase copy = open(options(snapshots.resolve(blocks)))) {
      assertThat(all(copy).values()).allSatisfy(l -> assertThat(l).hasSize(4 * 60));
    }
    // What is deleted later stays in the copy.
    admin.deleteSeries(T, T + 9 * HOUR, List.of(ANY));
    admin.cleanTombstones();
    try (TsdbDatabase copy = open(options(snapshots.resolve(whole)))) {
      assertThat(all(copy)).isEqualTo(expected);
    }
  }

  @Test
  void aSnapshotOfNothing() throws Exception {
    start();
    try (TsdbDatabase copy =
        open(options(dir.resolve("snapshots").resolve(admin.snapshot(true))))) {
      assertThat(all(copy)).isEmpty();
    }
  }

  @Test
  void blocksThatOverlapAreMerged() throws Exception {
    start();
    fill(0, 7);
    maintenance.compact();
    String copy = admin.snapshot(false);
    Path block = dir.resolve("snapshots").resolve(copy).resolve(admin.blocks().getFirst().ulid());
    // The same block once more, under another name.
    String name = "01AAAAAAAAAAAAAAAAAAAAAAAA";
    Path twin = dir.resolve(name);
    Files.move(block, twin);
    Path meta = twin.resolve("meta.json");
    Files.writeString(meta, Files.readString(meta).replace(admin.blocks().getFirst().ulid(), name));
    maintenance.reload();
    assertThat(blocks()).containsExactly("0-2 L1", "0-2 L1", "2-4 L1");
    assertThat(all(database)).isEqualTo(expected);
    maintenance.compact();
    assertThat(blocks()).containsExactly("0-2 L2", "2-4 L1");
    assertThat(all(database)).isEqualTo(expected);
    assertThat(admin.blocks().getFirst().contents().samples()).isEqualTo(5 * 120);
  }

  @Test
  void nothingGoesBeforeItIsKnownWhatIsKept() throws Exception {
    start();
    fill(0, 28);
    maintenance.compact();
    TsdbOptions options = options(dir);
    Maintenance unset =
        new Maintenance(
            database,
            options,
            Disk.SYSTEM,
            CompactionMetrics.NONE,
            InstantSource.fixed(Instant.ofEpochMilli(T)));
    fill(28, 30);
    unset.reload();
    unset.compact();
    assertThat(blocks()).containsExactly("0-18 L3", "18-24 L2", "24-26 L1", "26-28 L1");
  }

  @Test
  void lateSamplesBecomeBlocksWithTheHead() throws Exception {
    start();
    database.setOutOfOrderWindow(100 * HOUR);
    fill(0, 7);
    Labels late = Labels.of("__name__", "late", "job", "x");
    TsdbTestKit.append(database, late, T + 7 * HOUR, 0);
    for (int i = 0; i < 500; i++) {
      TsdbTestKit.append(database, late, T + 7 * HOUR - 1 - (i * 7919L % 500) * STEP, i);
    }
    Map<Labels, List<Sample>> before = all(database);
    assertThat(before.get(late)).hasSize(501);
    maintenance.compact();
    assertThat(all(database)).isEqualTo(before);
    // Blocks of late samples that overlap others are merged with them.
    assertThat(blocks()).containsExactly("-2-0 L1", "0-2 L2", "2-4 L2", "4-6 L1", "6-8 L1");
    assertThat(admin.blocks().getFirst().hints()).containsExactly("from-out-of-order");
    assertThat(admin.blocks().get(1).hints()).isEmpty();
    assertThat(admin.blocks().get(1).contents().series()).isEqualTo(6);
    // Those that are ahead of the head's blocks wait.
    assertThat(admin.blocks().get(3).hints()).containsExactly("from-out-of-order");
    restart();
    assertThat(all(database)).isEqualTo(before);
  }

  @Test
  void aFolderThatIsNoBlockCountsOnce() throws Exception {
    start();
    maintenance.reload();
    assertThat(maintenance.counters().reloadFailures.sum()).isZero();
    Files.createDirectory(dir.resolve("01AAAAAAAAAAAAAAAAAAAAAAAA"));
    maintenance.reload();
    maintenance.reload();
    assertThat(maintenance.counters().reloadFailures.sum()).isEqualTo(1);
    assertThat(maintenance.counters().reloads.sum()).isEqualTo(3);
  }

  @Test
  void whatIsCancelledLeavesEverythingAsItWas() throws Exception {
    start();
    fill(0, 28);
    maintenance.cancel();
    maintenance.compact();
    assertThat(blocks()).isEmpty();
    assertThat(all(database)).isEqualTo(expected);
  }
}
