package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk;
import io.narthex.storage.tsdb.internal.head.Ingestion;
import io.narthex.storage.tsdb.internal.head.Ingestion.Refusal;
import io.narthex.storage.tsdb.internal.head.Ingestion.State;
import io.narthex.storage.tsdb.internal.head.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets of series, and a disk that fills up. */
class LimitsTest {

  private static final long T = 1_700_000_000_000L;
  private static final long MIB = 1 << 20;

  @TempDir Path dir;

  private static Labels labels(String name, String job, int n) {
    return Labels.of("__name__", name, "job", job, "n", "" + n);
  }

  /** The outcome of a sample of a series that may be new, and what is said of it. */
  private static String append(TsdbDatabase db, Labels labels, long t) throws IOException {
    Appender a = db.appender();
    long series = a.series(labels);
    String out;
    if (series == 0) {
      out = a.refusal() + ": " + a.explanation();
    } else {
      Outcome outcome = a.append(series, t, 1);
      out = outcome == Outcome.STORED ? "STORED" : outcome + ": " + a.explanation();
    }
    a.commit();
    return out;
  }

  private static Limits series(long all, long job, long metric) {
    return new Limits(all, job, metric, 0, 0, 1000);
  }

  @Test
  void newSeriesMeetTheBudgetsAndOthersGoOn() throws IOException {
    AtomicReference<Limits> limits = new AtomicReference<>(series(0, 3, 4));
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Ingestion ingestion = db.head().ingestion();
      ingestion.limitBy(limits::get);
      for (int i = 0; i < 3; i++) {
        assertThat(append(db, labels("m", "a", i), T)).isEqualTo("STORED");
      }
      assertThat(append(db, labels("m", "a", 3), T))
          .isEqualTo("LIMIT: limit of 3 series of job a reached");
      assertThat(append(db, labels("m", "a", 2), T + 1)).isEqualTo("STORED");
      assertThat(append(db, labels("m", "b", 0), T)).isEqualTo("STORED");
      assertThat(append(db, labels("m", "b", 1), T))
          .isEqualTo("LIMIT: limit of 4 series of metric m reached");
      assertThat(append(db, labels("o", "b", 1), T)).isEqualTo("STORED");
      assertThat(append(db, Labels.of("__name__", "nojob"), T)).isEqualTo("STORED");
      limits.set(series(7, 0, 0));
      assertThat(append(db, labels("m", "a", 3), T)).isEqualTo("STORED");
      assertThat(append(db, labels("m", "a", 4), T)).isEqualTo("LIMIT: limit of 7 series reached");
      assertThat(append(db, Labels.of(), T)).startsWith("INVALID: empty labelset");
      assertThat(ingestion.refused(Refusal.JOB)).isEqualTo(1);
      assertThat(ingestion.refused(Refusal.METRIC)).isEqualTo(1);
      assertThat(ingestion.refused(Refusal.SERVER)).isEqualTo(1);
    }
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      // What is in the log is there, whatever the limits say, and counts.
      db.head().ingestion().limitBy(() -> series(0, 4, 0));
      assertThat(db.head().seriesCount()).isEqualTo(7);
      assertThat(append(db, labels("x", "a", 9), T))
          .isEqualTo("LIMIT: limit of 4 series of job a reached");
      assertThat(append(db, labels("x", "b", 9), T)).isEqualTo("STORED");
    }
  }

  @Test
  void seriesThatLeaveTheHeadMakeRoom() throws Exception {
    long later = T + 5 * 3_600_000L;
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.head().ingestion().limitBy(() -> series(4, 0, 2));
      assertThat(append(db, labels("m", "a", 0), T)).isEqualTo("STORED");
      assertThat(append(db, labels("m", "a", 1), T)).isEqualTo("STORED");
      assertThat(append(db, labels("m", "a", 2), T))
          .startsWith("LIMIT: limit of 2 series of metric");
      assertThat(append(db, labels("o", "a", 0), later)).isEqualTo("STORED");
      db.truncateHead(T + 4 * 3_600_000L);
      assertThat(db.head().seriesCount()).isEqualTo(1);
      for (int i = 2; i < 4; i++) {
        assertThat(append(db, labels("m", "a", i), later)).isEqualTo("STORED");
      }
      assertThat(append(db, labels("m", "a", 0), later)).startsWith("LIMIT: limit of 2 series of");
      assertThat(append(db, labels("o", "a", 1), later)).isEqualTo("STORED");
      assertThat(append(db, labels("o", "a", 2), later)).startsWith("LIMIT: limit of 4 series");
    }
  }

  @Test
  void aDiskThatFillsUpStopsSeriesThenSamplesAndItGoesOnByItself() throws IOException {
    AtomicLong usable = new AtomicLong(100 * MIB);
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Ingestion ingestion = db.head().ingestion();
      ingestion.limitBy(() -> new Limits(0, 0, 0, 50 * MIB, 20 * MIB, 3_600_000));
      try (SpaceGuard guard = SpaceGuard.start(usable::get, ingestion)) {
        assertThat(append(db, labels("m", "a", 0), T)).isEqualTo("STORED");
        usable.set(50 * MIB - 1);
        guard.check();
        assertThat(append(db, labels("m", "a", 1), T))
            .isEqualTo("LIMIT: no new series are taken: space on the disk is low");
        assertThat(append(db, labels("m", "a", 0), T + 1)).isEqualTo("STORED");
        usable.set(20 * MIB - 1);
        guard.check();
        assertThat(append(db, labels("m", "a", 0), T + 2))
            .isEqualTo("LIMIT: no samples are taken: no space is left on the disk");
        assertThat(TsdbTestKit.all(db).get(labels("m", "a", 0))).hasSize(2);
        usable.set(21 * MIB);
        guard.check();
        assertThat(ingestion.state()).isEqualTo(State.NO_SAMPLES);
        usable.set(22 * MIB);
        guard.check();
        assertThat(append(db, labels("m", "a", 0), T + 3)).isEqualTo("STORED");
        usable.set(54 * MIB);
        guard.check();
        assertThat(ingestion.state()).isEqualTo(State.NO_NEW_SERIES);
        usable.set(55 * MIB);
        guard.check();
        assertThat(append(db, labels("m", "a", 1), T + 3)).isEqualTo("STORED");
        assertThat(guard.usable()).isEqualTo(55 * MIB);
        assertThat(ingestion.samplesRefused.sum()).isEqualTo(1);
        assertThat(ingestion.refused(Refusal.SPACE)).isEqualTo(1);
      }
    }
  }

  @Test
  void aWriteThatFindsNoSpaceStopsItUntilTheNextLook() throws IOException {
    FaultyDisk disk = new FaultyDisk(dir);
    try (TsdbDatabase db = TsdbTestKit.open(TsdbTestKit.options(dir), disk)) {
      Ingestion ingestion = db.head().ingestion();
      ingestion.limitBy(() -> new Limits(0, 0, 0, 2, 1, 3_600_000));
      try (SpaceGuard guard = SpaceGuard.start(() -> 100, ingestion)) {
        assertThat(append(db, labels("m", "a", 0), T)).isEqualTo("STORED");
        disk.failFromNow(FaultyDisk.Fault.NO_SPACE, p -> true);
        assertThatThrownBy(() -> append(db, labels("m", "a", 0), T + 1))
            .isInstanceOf(StorageException.class);
        disk.recover();
        assertThat(append(db, labels("m", "a", 0), T + 1))
            .isEqualTo("LIMIT: no samples are taken: no space is left on the disk");
        guard.check();
        assertThat(append(db, labels("m", "a", 0), T + 1)).isEqualTo("STORED");
      }
    }
  }

  /** Needs the right to mount; elsewhere the other tests must do. */
  @Test
  void aSmallDiskFillsUpAndIsMadeRoomOn() throws Exception {
    Path mount = Files.createDirectory(dir.resolve("mount"));
    Assumptions.assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.toString()), "no mounts here");
    try {
      Path ballast = mount.resolve("ballast");
      try (TsdbDatabase db = TsdbTestKit.open(mount.resolve("data"))) {
        Ingestion ingestion = db.head().ingestion();
        ingestion.limitBy(() -> new Limits(0, 0, 0, 4 * MIB, 2 * MIB, 3_600_000));
        try (SpaceGuard guard = SpaceGuard.start(() -> Disk.SYSTEM.usableSpace(mount), ingestion)) {
          assertThat(append(db, labels("m", "a", 0), T)).isEqualTo("STORED");
          Files.write(ballast, new byte[(int) (5 * MIB)]);
          guard.check();
          assertThat(ingestion.state()).isEqualTo(State.NO_NEW_SERIES);
          assertThat(append(db, labels("m", "a", 0), T + 1)).isEqualTo("STORED");
          Files.write(ballast, new byte[(int) (7 * MIB)]);
          guard.check();
          assertThat(append(db, labels("m", "a", 0), T + 2)).startsWith("LIMIT: no samples");
          assertThat(TsdbTestKit.all(db).get(labels("m", "a", 0))).hasSize(2);
          Files.delete(ballast);
          guard.check();
          assertThat(append(db, labels("m", "a", 1), T + 2)).isEqualTo("STORED");
        }
      }
    } finally {
      assertThat(run("umount", mount.toString())).isTrue();
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      // No such program.
      return false;
    }
  }

  @Test
  void looksByItself() throws Exception {
    AtomicLong usable = new AtomicLong(0);
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Ingestion ingestion = db.head().ingestion();
      ingestion.limitBy(() -> new Limits(0, 0, 0, 0, 1, 5));
      try (SpaceGuard guard = SpaceGuard.start(usable::get, ingestion)) {
        assertThat(ingestion.state()).isEqualTo(State.NO_SAMPLES);
        usable.set(10);
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (ingestion.state() != State.ALL) {
          assertThat(System.nanoTime()).isLessThan(deadline);
          Thread.onSpinWait();
        }
        assertThat(guard.usable()).isEqualTo(10);
      }
    }
  }
}
