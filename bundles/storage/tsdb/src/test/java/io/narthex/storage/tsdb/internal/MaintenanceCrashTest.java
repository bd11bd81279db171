package io.narthex.storage.tsdb.internal;

import static io.narthex.storage.tsdb.internal.TsdbTestKit.all;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.open;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.options;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskImage;
import io.narthex.storage.tsdb.internal.disk.DiskOperation;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk.Fault;
import io.narthex.storage.tsdb.internal.disk.HastyDisk;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Making, compacting and cleaning blocks loses nothing and brings nothing back, wherever it is cut
 * off, and whichever change fails. By default some of the places are tried; all of them with {@code
 * -Dnarthex.crash.stride=1}.
 */
class MaintenanceCrashTest {

  private static final int STRIDE = Integer.getInteger("narthex.crash.stride", 20);
  private static final long HOUR = 3_600_000;
  private static final long T = 18 * HOUR * 26_000;

  @TempDir Path dir;
  private int copies;

  /** Fourteen hours of samples, of which some are deleted, all of it in the log. */
  private Path filled(String name) throws IOException {
    Path data = Files.createDirectory(dir.resolve(name));
    try (TsdbDatabase db = open(options(data), new HastyDisk())) {
      db.setOutOfOrderWindow(24 * HOUR);
      for (int i = 0; i < 14 * 12; i++) {
        Appender a = db.appender();
        for (int s = 0; s < 3; s++) {
          long t = T + i * HOUR / 12;
          a.append(a.series(Labels.of("__name__", "m" + s)), t, i + s);
          if (i % 24 == 23 && s == 0) {
            a.append(a.series(Labels.of("__name__", "m0")), t - HOUR - 7, -i);
          }
        }
        a.commit();
      }
      db.deleteSeries(T + HOUR, T + 3 * HOUR, List.of(LabelMatcher.equal("__name__", "m1")));
    }
    return data;
  }

  private static Maintenance maintain(TsdbDatabase db, Path data, Disk disk) {
    Maintenance out =
        new Maintenance(db, options(data), disk, CompactionMetrics.NONE, InstantSource.system());
    out.setLimits(new RetentionLimits(15 * 24 * HOUR, 0, 0));
    return out;
  }

  private static void work(Maintenance maintenance) throws Exception {
    maintenance.compact();
    maintenance.deleteSeries(
        T + 20 * HOUR, T + 21 * HOUR, List.of(LabelMatcher.equal("__name__", "m2")));
    maintenance.cleanTombstones();
  }

  private static Map<Labels, List<Sample>> samples(TsdbDatabase db) throws IOException {
    Map<Labels, List<Sample>> out = all(db);
    out.values().removeIf(List::isEmpty);
    return out;
  }

  @Test
  void cutOffAfterAnyChange() throws Exception {
    Path live = filled("live");
    DiskImage image = DiskImage.of(live);
    FaultyDisk disk = new FaultyDisk(live);
    Map<Labels, List<Sample>> expected;
    int blocks;
    try (TsdbDatabase db = open(options(live), disk)) {
      expected = samples(db);
      work(maintain(db, live, disk));
      assertThat(samples(db)).isEqualTo(expected);
      blocks = db.blocks().blocks().size();
    }
    assertThat(blocks).isBetween(3, 6);
    List<DiskOperation> log = disk.log();
    for (int i = 0; i < log.size(); i++) {
      DiskOperation operation = log.get(i);
      image.apply(operation);
      if (i % STRIDE == 0 || operation instanceof DiskOperation.Rename) {
        Path killed = dir.resolve("copy" + copies++);
        image.afterKill(killed);
        check(killed, expected, "killed after " + i + " " + operation);
        Path crashed = dir.resolve("copy" + copies++);
        image.afterCrash(crashed, i);
        check(crashed, expected, "crashed after " + i + " " + operation);
      }
    }
  }

  private static void check(Path copy, Map<Labels, List<Sample>> expected, String what)
      throws Exception {
    try (TsdbDatabase db = open(options(copy), new HastyDisk())) {
      assertThat(samples(db)).as(what).isEqualTo(expected);
      maintain(db, copy, new HastyDisk()).compact();
      assertThat(samples(db)).as("%s, and compacted", what).isEqualTo(expected);
    } catch (IOException | RuntimeException e) {
      throw new AssertionError(what + ": " + e, e);
    }
    Disk.SYSTEM.deleteTree(copy);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NO_SPACE", "IO_ERROR"})
  void aChangeThatFails(Fault fault) throws Exception {
    int changes = fails(fault, Integer.MAX_VALUE);
    for (int from = 0; from < changes; from += STRIDE * 2) {
      fails(fault, from);
    }
  }

  /** Lets one change fail, counted from the beginning of the work, which is then done once more. */
  private int fails(Fault fault, int from) throws Exception {
    Path data = filled("data" + copies++);
    FaultyDisk disk = new FaultyDisk(data);
    int changes;
    try (TsdbDatabase db = open(options(data), disk)) {
      Map<Labels, List<Sample>> expected = samples(db);
      int before = disk.changes();
      if (from < Integer.MAX_VALUE) {
        disk.fail(fault, before + from, before + from + 1);
      }
      Maintenance maintenance = maintain(db, data, disk);
      String what = fault + " at " + from;
      try {
        work(maintenance);
      } catch (IOException e) {
        assertThat(disk.failures()).as(what).isPositive();
        assertThat(samples(db)).as(what).isEqualTo(expected);
        disk.recover();
        work(maintenance);
      }
      assertThat(samples(db)).as(what).isEqualTo(expected);
      changes = disk.changes() - before;
    }
    Disk.SYSTEM.deleteTree(data);
    return changes;
  }
}
