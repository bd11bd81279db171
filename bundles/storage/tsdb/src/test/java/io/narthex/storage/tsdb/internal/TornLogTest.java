package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that stops anywhere, or has any byte wrong, gives whole commits from the first one on. */
class TornLogTest {

  private static final long T = 1_700_000_000_000L;
  private static final int COMMITS = 5;
  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");

  @TempDir Path dir;

  private byte[] written() throws IOException {
    Path whole = dir.resolve("whole");
    try (TsdbDatabase db = TsdbTestKit.open(whole)) {
      for (int i = 0; i < COMMITS; i++) {
        Appender a = db.appender();
        a.append(a.series(A), T + i, i);
        a.append(a.series(B), T + i, i);
        a.commit();
      }
    }
    return Files.readAllBytes(whole.resolve("wal/00000000"));
  }

  /** Opens a log with this content, checks, adds a commit, and checks once more after reopening. */
  private int commitsOf(byte[] log, int number) throws IOException {
    Path copy = Files.createDirectories(dir.resolve("copy" + number + "/wal")).getParent();
    Files.write(copy.resolve("wal/00000000"), log);
    int commits;
    try (TsdbDatabase db = TsdbTestKit.open(copy)) {
      commits = check(db, 0);
      Appender a = db.appender();
      a.append(a.series(A), T + COMMITS, COMMITS);
      a.append(a.series(B), T + COMMITS, COMMITS);
      a.commit();
    }
    try (TsdbDatabase db = TsdbTestKit.open(copy)) {
      assertThat(db.corruptions()).isZero();
      assertThat(check(db, 1)).isEqualTo(commits + 1);
    }
    return commits;
  }

  private static int check(TsdbDatabase db, int added) throws IOException {
    Map<Labels, List<Sample>> all = TsdbTestKit.all(db);
    List<Sample> a = all.getOrDefault(A, List.of());
    assertThat(all.getOrDefault(B, List.of())).isEqualTo(a);
    List<Sample> expected = new ArrayList<>();
    for (int i = 0; i < a.size() - added; i++) {
      expected.add(Sample.of(T + i, i));
    }
    assertThat(a.subList(0, a.size() - added)).isEqualTo(expected);
    return a.size();
  }

  @Test
  void stopsAnywhere() throws IOException {
    byte[] log = written();
    int before = 0;
    for (int n = 0; n <= log.length; n++) {
      int commits = commitsOf(Arrays.copyOf(log, n), n);
      assertThat(commits).isGreaterThanOrEqualTo(before);
      before = commits;
    }
    assertThat(before).isEqualTo(COMMITS);
  }

  @Test
  void hasAnyByteWrong() throws IOException {
    byte[] log = written();
    for (int n = 0; n < log.length; n++) {
      byte[] damaged = log.clone();
      damaged[n] ^= (byte) (1 << (n % 8));
      assertThat(commitsOf(damaged, n)).isLessThan(COMMITS + 1);
    }
  }
}
