package io.narthex.storage.tsdb.internal;

import static io.narthex.storage.tsdb.internal.TsdbTestKit.all;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.append;
import static io.narthex.storage.tsdb.internal.TsdbTestKit.open;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import io.narthex.storage.tsdb.internal.disk.ForwardingDisk;
import io.narthex.storage.tsdb.internal.disk.ForwardingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TsdbDatabaseTest {

  private static final long T = 1_700_000_000_000L;
  private static final Labels A = Labels.of("__name__", "a", "job", "x");

  @TempDir Path dir;

  @Test
  void keepsSamplesOverAnEnd() throws IOException {
    List<Sample> expected = new ArrayList<>();
    try (TsdbDatabase db = open(dir)) {
      for (int i = 0; i < 500; i++) {
        double v = i % 7 == 0 ? i : Math.sin(i);
        append(db, A, T + i * 15_000L, v);
        expected.add(Sample.of(T + i * 15_000L, v));
      }
      assertThat(all(db)).containsOnlyKeys(A).containsEntry(A, expected);
    }
    assertThat(dir.resolve("lock")).doesNotExist();
    try (TsdbDatabase db = open(dir)) {
      assertThat(db.cleanStart()).isEqualTo(1);
      assertThat(all(db)).containsOnlyKeys(A).containsEntry(A, expected);
      append(db, A, T + 500 * 15_000L, 1);
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(all(db).get(A)).hasSize(501);
    }
  }

  @Test
  void refusesWhatTheReferenceRefuses() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      append(db, A, T, 1);
      append(db, A, T + 10_000, 2);
      Appender a = db.appender();
      long series = a.series(A);
      assertThat(a.append(series, T + 10_000, 2)).isEqualTo(Outcome.STORED);
      assertThat(a.append(series, T + 10_000, 3)).isEqualTo(Outcome.DUPLICATE);
      assertThat(a.explanation())
          .isEqualTo(
              "duplicate sample for timestamp 1700000010000; overrides not allowed: existing 2,"
                  + " new value 3");
      assertThat(a.append(series, T + 9_000, 3)).isEqualTo(Outcome.OUT_OF_ORDER);
      assertThat(a.explanation()).isEqualTo("out of order sample");
      assertThat(a.append(series, T + 10_000 - 3_600_001, 3)).isEqualTo(Outcome.OUT_OF_BOUNDS);
      assertThat(a.explanation()).isEqualTo("out of bounds");
      assertThat(a.append(99, T, 3)).isEqualTo(Outcome.UNKNOWN_SERIES);
      assertThat(a.append(0, T, 3)).isEqualTo(Outcome.UNKNOWN_SERIES);
      assertThat(a.series(Labels.EMPTY)).isZero();
      assertThat(a.explanation()).isEqualTo("empty labelset: invalid sample");
      a.commit();
      assertThatThrownBy(a::commit).hasMessage("appender closed");
      assertThat(all(db).get(A)).containsExactly(Sample.of(T, 1), Sample.of(T + 10_000, 2));
    }
  }

  @Test
  void takesAnOlderSampleOfAnotherSeriesUpToHalfARange() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      append(db, A, T, 1);
      append(db, Labels.of("__name__", "b"), T - 3_600_000, 1);
      Appender a = db.appender();
      assertThat(a.append(a.series(Labels.of("__name__", "c")), T - 3_600_001, 1))
          .isEqualTo(Outcome.OUT_OF_BOUNDS);
      a.rollback();
      assertThat(db.startTime()).isEqualTo(T - 3_600_000);
    }
  }

  @Test
  void showsNothingOfWhatWasRolledBack() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      Appender a = db.appender();
      assertThat(a.append(a.series(A), T, 1)).isEqualTo(Outcome.STORED);
      a.rollback();
      assertThat(all(db)).isEmpty();
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(all(db)).isEmpty();
      // Its series are collected when the log was read.
      assertThat(db.head().seriesCount()).isZero();
    }
  }

  @Test
  void aQuerierSeesTheMomentItWasMade() throws IOException {
    Labels b = Labels.of("__name__", "b");
    try (TsdbDatabase db = open(dir)) {
      append(db, A, T, 1);
      try (Querier q = db.querier(0, Long.MAX_VALUE)) {
        append(db, A, T + 1, 2);
        append(db, b, T + 1, 2);
        append(db, A, T + 2, 3);
        try (Querier later = db.querier(0, Long.MAX_VALUE)) {
          append(db, A, T + 3, 4);
          assertThat(read(q).get(A)).containsExactly(Sample.of(T, 1));
          assertThat(read(q)).containsOnlyKeys(A);
          assertThat(read(later).get(A)).hasSize(3);
          assertThat(read(later)).containsOnlyKeys(A, b);
        }
        assertThat(q.labelValues("__name__", 0, List.of()).values()).containsExactly("a");
      }
      assertThat(all(db).get(A)).hasSize(4);
    }
  }

  private static java.util.Map<Labels, List<Sample>> read(Querier q) throws IOException {
    return TsdbTestKit.read(
        q.select(io.narthex.api.storage.SelectHints.samples(0, Long.MAX_VALUE, true), List.of()));
  }

  @Test
  void answersNamesAndValues() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      append(db, A, T, 1);
      append(db, Labels.of("__name__", "b", "job", "y", "zone", "é"), T, 1);
      try (Querier q = db.querier(0, Long.MAX_VALUE)) {
        assertThat(q.labelNames(0, List.of()).values()).containsExactly("__name__", "job", "zone");
        assertThat(q.labelValues("job", 0, List.of()).values()).containsExactly("x", "y");
        assertThat(q.labelValues("job", 1, List.of()).values()).containsExactly("x");
        assertThat(q.labelValues("none", 0, List.of()).values()).isEmpty();
        assertThat(q.labelNames(0, List.of(LabelMatcher.equal("job", "x"))).values())
            .containsExactly("__name__", "job");
        assertThat(q.labelValues("zone", 0, List.of(LabelMatcher.equal("job", "y"))).values())
            .containsExactly("é");
      }
    }
  }

  @Test
  void keepsSecondServersOut() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      assertThat(db.cleanStart()).isEqualTo(1);
      assertThatThrownBy(() -> open(dir))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("lock DB directory");
    }
    Files.writeString(dir.resolve("lock"), "");
    try (TsdbDatabase db = open(dir)) {
      assertThat(db.cleanStart()).isZero();
    }
  }

  @Test
  void anInterruptedThreadCommitsAndHarmsNobody() throws IOException {
    try (TsdbDatabase db = open(dir)) {
      Thread.currentThread().interrupt();
      append(db, A, T, 1);
      assertThat(Thread.interrupted()).isTrue();
      append(db, A, T + 1, 2);
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(all(db).get(A)).hasSize(2);
    }
  }

  @Test
  void aFailedCommitStoresNothingAndLaterOnesRecover() throws IOException {
    Labels b = Labels.of("__name__", "b");
    boolean[] full = {false};
    Disk disk =
        new ForwardingDisk(Disk.SYSTEM) {
          @Override
          public DiskFile create(Path path) throws IOException {
            return new ForwardingFile(super.create(path)) {
              @Override
              public void write(byte[] data, int offset, int length, long position)
                  throws IOException {
                if (full[0]) {
                  super.write(data, offset, length - 1, position);
                  throw new IOException("No space left on device");
                }
                super.write(data, offset, length, position);
              }
            };
          }
        };
    try (TsdbDatabase db = TsdbTestKit.open(TsdbTestKit.options(dir), disk)) {
      append(db, A, T, 1);
      full[0] = true;
      assertThatThrownBy(() -> append(db, A, T + 1, 2))
          .isInstanceOf(StorageException.class)
          .hasMessage("write to WAL: No space left on device");
      assertThatThrownBy(() -> append(db, b, T + 1, 2)).isInstanceOf(StorageException.class);
      assertThat(all(db)).containsOnlyKeys(A).containsEntry(A, List.of(Sample.of(T, 1)));
      full[0] = false;
      append(db, A, T + 2, 3);
      append(db, b, T + 2, 3);
    }
    try (TsdbDatabase db = open(dir)) {
      assertThat(db.corruptions()).isZero();
      assertThat(all(db).get(A)).containsExactly(Sample.of(T, 1), Sample.of(T + 2, 3));
      assertThat(all(db).get(b)).containsExactly(Sample.of(T + 2, 3));
    }
  }

  @Test
  void refusesEverythingOnceClosed() throws IOException {
    TsdbDatabase db = open(dir);
    db.close();
    assertThatThrownBy(() -> db.querier(0, 1))
        .isInstanceOf(StorageException.class)
        .hasMessage("TSDB not ready");
    Appender a = db.appender();
    assertThat(a.series(A)).isZero();
    assertThatThrownBy(a::commit).hasMessage("TSDB not ready");
  }
}
