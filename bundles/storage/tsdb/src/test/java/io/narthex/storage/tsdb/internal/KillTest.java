package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every commit that has returned is there after the process was killed, and no part of another. */
class KillTest {

  private static final int ROUNDS = Integer.getInteger("narthex.stress.kills", 3);
  private static final int COMMITS = 1500;

  @TempDir Path dir;

  @Test
  void keepsWhatWasAcknowledged() throws Exception {
    Path data = Files.createDirectories(dir.resolve("data"));
    Map<Integer, Integer> acknowledged = new TreeMap<>();
    int next = 0;
    for (int round = 0; round < ROUNDS; round++) {
      killAfter(data, next, acknowledged);
      next = check(data, acknowledged) + 1;
    }
  }

  /** Runs a process until it has told of enough commits, and kills it. */
  static void killAfter(Path data, int first, Map<Integer, Integer> acknowledged)
      throws IOException, InterruptedException {
    Process process = CommittingProcess.start(data, first);
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int lines = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int space = line.indexOf(' ');
        acknowledged.put(
            Integer.parseInt(line.substring(0, space)),
            Integer.parseInt(line.substring(space + 1)));
        if (++lines == COMMITS) {
          // Through the handle: the process' own method would close its output, too.
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
      }
      assertThat(lines)
          .as(Files.readString(data.resolveSibling("child.err")))
          .isGreaterThanOrEqualTo(COMMITS);
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** Returns the greatest commit that is there. */
  private static int check(Path data, Map<Integer, Integer> acknowledged) throws IOException {
    int greatest = 0;
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      assertThat(db.cleanStart()).isZero();
      Map<io.narthex.model.Labels, List<Sample>> all = TsdbTestKit.all(db);
      for (Map.Entry<Integer, Integer> e : acknowledged.entrySet()) {
        int writer = e.getKey();
        List<Sample> samples = all.get(CommittingProcess.series(writer, 0));
        int last = (int) (samples.getLast().t() - CommittingProcess.START);
        assertThat(last).isGreaterThanOrEqualTo(e.getValue());
        for (int s = 0; s < CommittingProcess.SERIES; s++) {
          assertThat(all.get(CommittingProcess.series(writer, s))).isEqualTo(samples);
        }
        for (Sample sample : samples) {
          int c = (int) (sample.t() - CommittingProcess.START);
          assertThat(sample).isEqualTo(Sample.of(CommittingProcess.START + c, c));
          assertThat(all).containsEntry(CommittingProcess.once(writer, c), List.of(sample));
        }
        greatest = Math.max(greatest, last);
      }
    }
    // The next process must find a lock file: this one was ended in order and took it away.
    Files.writeString(data.resolve("lock"), "");
    return greatest;
  }
}
