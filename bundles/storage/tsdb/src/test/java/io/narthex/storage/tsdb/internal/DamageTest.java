package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.block.BlockTestKit;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.block.Ulid;
import io.narthex.storage.tsdb.internal.log.CapturedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file costs what is damaged in it, and the log names it; the database opens. */
class DamageTest {

  private static final long T = BlockTestKit.T;
  private static final long HEAD = T + 7_200_000;
  private static final Labels A = Labels.of("__name__", "a");
  private static final Labels B = Labels.of("__name__", "b");
  private static final Ulid FIRST = ulid("01HF4ZZZZZ0123456789ABCDEF");
  private static final Ulid SECOND = ulid("01HF5ZZZZZ0123456789ABCDEF");

  @TempDir Path dir;

  private static Ulid ulid(String text) {
    return Objects.requireNonNull(Ulid.parse(text));
  }

  private static List<Chunk> samples(double value, long... times) {
    double[] values = new double[times.length];
    Arrays.fill(values, value);
    return BlockTestKit.floats(times, values);
  }

  /** Two blocks and a head with a sample of each series. */
  private void write() throws IOException {
    BlockTestKit.write(dir, FIRST, Map.of(A, samples(1, T), B, samples(1, T)));
    BlockTestKit.write(dir, SECOND, Map.of(A, samples(2, T + 1), B, samples(2, T + 1)));
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      TsdbTestKit.append(db, A, HEAD, 3);
      TsdbTestKit.append(db, B, HEAD, 3);
    }
  }

  /** Changes a byte, counted from the file's end if negative. */
  private static void damage(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at < 0 ? bytes.length + at : at] ^= 0x55;
    Files.write(file, bytes);
  }

  private static Sample[] of(double... valueAndTime) {
    Sample[] out = new Sample[valueAndTime.length / 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = Sample.of((long) valueAndTime[2 * i + 1], valueAndTime[2 * i]);
    }
    return out;
  }

  @Test
  void aBlocksIndexCostsTheBlock() throws Exception {
    write();
    damage(dir.resolve(SECOND + "/index"), -1);
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A)).containsExactly(of(1, T, 3, HEAD));
          }
        });
    assertThat(log)
        .anySatisfy(l ->
            assertThat(l)
                .contains("corrupted block was put aside")
                .contains(dir.resolve(SECOND + "/index").toString()));
    assertThat(dir.resolve(SECOND + ".corrupt/chunks/000001")).exists();
  }

  @Test
  void aBlocksMetaFileCostsTheBlock() throws Exception {
    write();
    Files.writeString(dir.resolve(SECOND + "/meta.json"), "{");
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A)).containsExactly(of(1, T, 3, HEAD));
          }
        });
    assertThat(log)
        .anySatisfy(l ->
            assertThat(l)
                .contains("Failed to read meta.json")
                .contains(dir.resolve(SECOND + "/meta.json").toString()));
  }

  @Test
  void aBlocksChunkCostsTheSeries() throws Exception {
    write();
    // The first chunk is that of the first series.
    damage(dir.resolve(SECOND + "/chunks/000001"), 12);
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(TsdbTestKit.select(db, T, HEAD, LabelMatcher.equal("__name__", "b")).get(B))
          .containsExactly(of(1, T, 2, T + 1, 3, HEAD));
      assertThatThrownBy(() -> TsdbTestKit.select(db, T, HEAD, LabelMatcher.equal("__name__", "a")))
          .hasMessageContaining(dir.resolve(SECOND + "/chunks/000001").toString())
          .hasMessageContaining("checksum");
      assertThat(TsdbTestKit.select(db, HEAD, HEAD, LabelMatcher.equal("__name__", "a")).get(A))
          .containsExactly(of(3, HEAD));
    }
  }

  @Test
  void aFileThatIsCutOffUnderneathIsAnErrorThatNamesIt() throws Exception {
    write();
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Path chunks = dir.resolve(SECOND + "/chunks/000001");
      Files.write(chunks, new byte[0]);
      assertThatThrownBy(() -> TsdbTestKit.all(db)).hasMessageContaining(chunks.toString());
      Path index = dir.resolve(FIRST + "/index");
      Files.write(index, new byte[0]);
      assertThatThrownBy(() -> TsdbTestKit.all(db)).hasMessageContaining(index.toString());
      assertThat(TsdbTestKit.select(db, HEAD, HEAD, LabelMatcher.equal("__name__", "a")).get(A))
          .containsExactly(of(3, HEAD));
    }
  }

  @Test
  void tombstonesCostTheDeletions() throws Exception {
    write();
    damage(dir.resolve(SECOND + "/tombstones"), -1);
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A)).containsExactly(of(1, T, 2, T + 1, 3, HEAD));
          }
        });
    assertThat(log)
        .anySatisfy(l ->
            assertThat(l)
                .contains("corrupted tombstones were put aside")
                .contains(dir.resolve(SECOND + "/tombstones").toString()));
    assertThat(dir.resolve(SECOND + "/tombstones.corrupt")).exists();
  }

  @Test
  void aSegmentCostsWhatFollowsTheDamage() throws Exception {
    write();
    // The last record: the commit of the second series.
    damage(dir.resolve("wal/00000000"), -1);
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A)).containsExactly(of(1, T, 2, T + 1, 3, HEAD));
            assertThat(TsdbTestKit.all(db).get(B)).containsExactly(of(1, T, 2, T + 1));
            assertThat(db.corruptions()).isOne();
          }
        });
    assertThat(log)
        .anySatisfy(l ->
            assertThat(l)
                .contains("Starting corruption repair")
                .contains(dir.resolve("wal/00000000").toString()));
  }

  @Test
  void aCheckpointCostsWhatFollowsTheDamage() throws Exception {
    write();
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      TsdbTestKit.append(db, A, HEAD + 1, 4);
    }
    Path checkpoint = Files.createDirectory(dir.resolve("wal/checkpoint.00000000"));
    Files.move(dir.resolve("wal/00000000"), checkpoint.resolve("00000000"));
    damage(checkpoint.resolve("00000000"), -1);
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A))
                .containsExactly(of(1, T, 2, T + 1, 3, HEAD, 4, HEAD + 1));
            assertThat(TsdbTestKit.all(db).get(B)).containsExactly(of(1, T, 2, T + 1));
            assertThat(db.corruptions()).isOne();
          }
        });
    assertThat(log)
        .anySatisfy(l ->
            assertThat(l)
                .contains("WAL checkpoint is damaged")
                .contains(checkpoint.resolve("00000000").toString()));
  }

  @Test
  void theOutOfOrderLogCostsWhatFollowsTheDamage() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.setOutOfOrderWindow(3_600_000);
      for (long t : new long[] {HEAD, HEAD - 10, HEAD - 20}) {
        Appender a = db.appender();
        assertThat(a.append(a.series(A), t, 1)).isEqualTo(Outcome.STORED);
        a.commit();
      }
    }
    damage(dir.resolve("wbl/00000000"), -1);
    List<String> log =
        CapturedLog.during(() -> {
          try (TsdbDatabase db = TsdbTestKit.open(dir)) {
            assertThat(TsdbTestKit.all(db).get(A)).containsExactly(of(1, HEAD - 10, 1, HEAD));
            assertThat(db.corruptions()).isOne();
          }
        });
    assertThat(log).anySatisfy(l -> assertThat(l).contains(dir.resolve("wbl/00000000").toString()));
  }
}
