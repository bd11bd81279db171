package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.Ledger.Point;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskImage;
import io.narthex.storage.tsdb.internal.disk.DiskOperation;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk.Fault;
import io.narthex.storage.tsdb.internal.disk.HastyDisk;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import io.narthex.storage.tsdb.internal.wal.WalFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A stop after every change of the data directory, and a failure of every one. What is promised:
 *
 * <ul>
 *   <li>After the end of the process, each acknowledged sample is there once.
 *   <li>After a crash of the machine, so is each that was acknowledged before everything written
 *       until then had been forced: the segments before the current one, and blocks. What is later
 *       may be lost, from its end on.
 *   <li>Nothing else is there but what was tried, and the database opens.
 *   <li>A change that fails costs what is not acknowledged then, and nothing more.
 * </ul>
 *
 * By default some of the places are tried; all of them with {@code -Dnarthex.crash.places=100000}.
 */
class CrashTest {

  private static final int PLACES = Integer.getInteger("narthex.crash.places", 25);
  private static final int SEEDS = Integer.getInteger("narthex.crash.seeds", 1);

  @TempDir Path dir;

  /** Later than all samples of the workload. */
  private static final long ADDED = 1_700_030_000_000L;

  private int copies;
  private long promised;
  private int usual;

  private static TsdbOptions options(Path dir) {
    return new TsdbOptions(
        dir,
        2 * WalFormat.PAGE_SIZE,
        WalCompression.SNAPPY,
        true,
        30 * 60 * 1000L,
        120,
        false,
        100);
  }

  @Test
  void stopsAfterEveryChange() throws Exception {
    Path live = Files.createDirectory(dir.resolve("live"));
    FaultyDisk disk = new FaultyDisk(live);
    CrashWorkload workload = new CrashWorkload(disk, options(live));
    workload.run();
    assertThat(workload.failures()).isZero();
    List<DiskOperation> log = disk.log();
    DiskImage image = DiskImage.of(Files.createDirectory(dir.resolve("empty")));
    Ledger ledger = new Ledger();
    Durability durability = new Durability();
    int stride = Math.max(1, log.size() / PLACES);
    for (int i = 0; i < log.size(); i++) {
      DiskOperation operation = log.get(i);
      if (operation instanceof DiskOperation.Note note) {
        ledger.apply((Ledger.Event) note.what(), i);
        continue;
      }
      // Not a multiple of the place's number alone: one kind of change would be missed for ever.
      boolean tried = (i + i / stride) % stride == 0;
      durability.apply(operation, i, image);
      if (tried && operation instanceof DiskOperation.Write w && w.data().length > 1) {
        byte[] part = Arrays.copyOf(w.data(), w.data().length / 2);
        image.apply(new DiskOperation.Write(w.inode(), w.position(), part));
        afterKill(image, ledger, i, "within " + operation);
      }
      image.apply(operation);
      if (tried) {
        afterKill(image, ledger, i, "after " + operation);
        for (int seed = 0; seed < SEEDS; seed++) {
          afterCrash(image, ledger, i, durability.upTo(), seed, operation);
        }
      }
    }
    assertThat(ledger.acknowledgements()).isGreaterThan(50);
    assertThat(promised).isPositive();
    assertThat(durability.upTo()).as("%s", durability).isEqualTo(Integer.MAX_VALUE);
  }

  private void afterKill(DiskImage image, Ledger ledger, int place, String when)
      throws IOException {
    Path copy = dir.resolve("copy" + copies++);
    image.afterKill(copy);
    check(copy, ledger, place, true, "killed at " + place + " " + when);
    Disk.SYSTEM.deleteTree(copy);
  }

  private void afterCrash(
      DiskImage image, Ledger ledger, int place, int durable, int seed, DiskOperation operation)
      throws IOException {
    Path copy = dir.resolve("copy" + copies++);
    image.afterCrash(copy, 31L * place + seed);
    int must = Math.min(durable, place);
    promised += ledger.acknowledgedBefore(must);
    String what = "crashed at " + place + " seed " + seed + " after " + operation;
    check(copy, ledger, must, false, what);
    Disk.SYSTEM.deleteTree(copy);
  }

  /** Opens, looks, adds new series, opens once more and looks again. */
  private static void check(Path copy, Ledger ledger, int place, boolean deletions, String what)
      throws IOException {
    Map<Labels, List<Point>> first = Map.of();
    for (int time = 1; time <= 2; time++) {
      try (TsdbDatabase db = TsdbTestKit.open(options(copy), new HastyDisk())) {
        Map<Labels, List<Point>> content = CrashWorkload.content(db);
        if (time == 1) {
          assertThat(ledger.problems(content, place, deletions)).as(what).isEmpty();
          for (int i = 0; i < 3; i++) {
            Labels added = Labels.of("__name__", "added", "n", "a" + i);
            TsdbTestKit.append(db, added, ADDED, 1);
            content.put(added, List.of(new Point(added, ADDED, Double.doubleToRawLongBits(1))));
          }
          first = content;
        } else {
          assertThat(content).as("%s, opened again", what).isEqualTo(first);
        }
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(what + ", opened " + time + " times: " + e, e);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void livesOnWhenAChangeFails(Fault fault) throws Exception {
    int changes = livesOn(Fault.LOST_FORCE, Integer.MAX_VALUE, Integer.MAX_VALUE);
    assertThat(usual).isGreaterThan(100);
    int stride = Math.max(1, changes * 12 / PLACES);
    for (int from = 0; from < changes; from += stride) {
      livesOn(fault, from, from + (from / stride % 2 == 0 ? 1 : 7));
    }
  }

  /** After a fault the machine crashes at the end. */
  private void afterFaults(List<DiskOperation> log, String what) throws IOException {
    DiskImage image = DiskImage.of(Files.createDirectories(dir.resolve("empty")));
    Ledger ledger = new Ledger();
    Durability durability = new Durability();
    for (int i = 0; i < log.size(); i++) {
      DiskOperation operation = log.get(i);
      if (operation instanceof DiskOperation.Note note) {
        ledger.apply((Ledger.Event) note.what(), i);
      } else {
        durability.apply(operation, i, image);
        image.apply(operation);
      }
    }
    Path copy = dir.resolve("copy" + copies++);
    image.afterCrash(copy, log.size());
    int must = Math.min(durability.upTo(), log.size());
    check(copy, ledger, must, false, what + ", crashed at the end");
    Disk.SYSTEM.deleteTree(copy);
  }

  private int livesOn(Fault fault, int from, int until) throws Exception {
    Path live = Files.createDirectory(dir.resolve("live" + copies++));
    FaultyDisk disk = new FaultyDisk(live);
    disk.fail(fault, from, until);
    new CrashWorkload(disk, options(live)).run();
    Ledger ledger = new Ledger();
    List<DiskOperation> log = disk.log();
    for (int i = 0; i < log.size(); i++) {
      if (log.get(i) instanceof DiskOperation.Note note) {
        ledger.apply((Ledger.Event) note.what(), i);
      }
    }
    String what = fault + " from " + from + " to " + until;
    check(live, ledger, log.size(), true, what);
    afterFaults(log, what);
    // Each change that fails costs one commit at most.
    assertThat(ledger.acknowledgements()).as(what).isGreaterThanOrEqualTo(usual - 7);
    usual = Math.max(usual, ledger.acknowledgements());
    Disk.SYSTEM.deleteTree(live);
    return disk.changes();
  }
}
