package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.model.Exemplar;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.head.OutOfOrderCompaction;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfOrderTest {

  private static final long HOUR = 3_600_000;
  private static final long T = 1_699_999_200_000L;
  private static final Labels A = Labels.of("__name__", "a", "job", "x");
  private static final Labels B = Labels.of("__name__", "b", "job", "x");

  @TempDir Path dir;

  private static Outcome append(TsdbDatabase db, Labels labels, long t, double v)
      throws IOException {
    Appender a = db.appender();
    Outcome outcome = a.append(a.series(labels), t, v);
    a.commit();
    return outcome;
  }

  private static String explain(TsdbDatabase db, Labels labels, long t) throws IOException {
    Appender a = db.appender();
    assertThat(a.append(a.series(labels), t, 1)).isNotEqualTo(Outcome.STORED);
    String why = a.explanation();
    a.rollback();
    return why;
  }

  @Test
  void saysWhatTheReferenceSays() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(append(db, A, T, 1)).isEqualTo(Outcome.STORED);
      assertThat(explain(db, A, T - 1)).isEqualTo("out of order sample");
      assertThat(explain(db, A, T - 2 * HOUR)).isEqualTo("out of bounds");
      db.setOutOfOrderWindow(HOUR);
      assertThat(append(db, A, T - 1, 2)).isEqualTo(Outcome.STORED);
      assertThat(append(db, A, T - HOUR, 3)).isEqualTo(Outcome.STORED);
      assertThat(explain(db, A, T - HOUR - 1)).isEqualTo("too old sample");
      assertThat(explain(db, B, T - 2 * HOUR)).isEqualTo("too old sample");
    }
  }

  @Test
  void staysWhenTheWindowIsTakenAway() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.setOutOfOrderWindow(HOUR);
      append(db, A, T, 1);
      append(db, A, T - 1000, 2);
      db.setOutOfOrderWindow(0);
      assertThat(append(db, A, T - 2000, 3)).isEqualTo(Outcome.OUT_OF_ORDER);
      assertThat(TsdbTestKit.all(db).get(A))
          .containsExactly(Sample.of(T - 1000, 2), Sample.of(T, 1));
    }
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(TsdbTestKit.all(db).get(A))
          .containsExactly(Sample.of(T - 1000, 2), Sample.of(T, 1));
      assertThat(db.startTime()).isEqualTo(T - 1000);
    }
  }

  @Test
  void makesNoFolderWithoutSuchSamples() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.setOutOfOrderWindow(HOUR);
      append(db, A, T, 1);
      assertThat(dir.resolve("wbl")).doesNotExist();
      append(db, A, T - 1, 1);
      assertThat(dir.resolve("wbl/00000000")).isNotEmptyFile();
    }
  }

  @Test
  void exemplarsMayBeAsLate() throws IOException {
    TsdbOptions options = PeerTest.options(dir, WalCompression.SNAPPY);
    List<Exemplar> expected = new ArrayList<>();
    try (TsdbDatabase db = TsdbTestKit.open(options)) {
      append(db, A, T, 1);
      assertThat(exemplar(db, T)).isEqualTo(Outcome.STORED);
      assertThat(exemplar(db, T - 1)).isEqualTo(Outcome.OUT_OF_ORDER);
      db.setOutOfOrderWindow(HOUR);
      assertThat(exemplar(db, T - HOUR)).isEqualTo(Outcome.STORED);
      assertThat(exemplar(db, T - HOUR - 1)).isEqualTo(Outcome.OUT_OF_ORDER);
      assertThat(exemplar(db, T - 5)).isEqualTo(Outcome.STORED);
      for (long t : new long[] {T - HOUR, T - 5, T}) {
        expected.add(new Exemplar(Labels.of("trace", "t" + t), t, t, true));
      }
      assertThat(exemplars(db)).isEqualTo(expected);
    }
    try (TsdbDatabase db = TsdbTestKit.open(options)) {
      assertThat(exemplars(db)).isEqualTo(expected);
    }
  }

  private static Outcome exemplar(TsdbDatabase db, long t) throws IOException {
    Appender a = db.appender();
    Outcome outcome =
        a.appendExemplar(a.series(A), new Exemplar(Labels.of("trace", "t" + t), t, t, true));
    a.commit();
    return outcome;
  }

  private static List<Exemplar> exemplars(TsdbDatabase db) {
    return db.select(0, Long.MAX_VALUE, List.of(List.of())).getFirst().exemplars();
  }

  @Test
  void staleMarkersAndRulesAreNeverLate() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.setOutOfOrderWindow(HOUR);
      append(db, A, T, 1);
      Appender a = db.appender();
      a.discardOutOfOrder(true);
      assertThat(a.append(a.series(A), T - 1, 2)).isEqualTo(Outcome.OUT_OF_ORDER);
      assertThat(a.explanation()).isEqualTo("out of order sample");
      a.discardOutOfOrder(false);
      assertThat(a.append(a.series(A), T - 1, 2)).isEqualTo(Outcome.STORED);
      a.commit();
    }
  }

  @Test
  void becomesBlocks() throws IOException {
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      db.setOutOfOrderWindow(100 * HOUR);
      assertThat(db.outOfOrderCompaction()).isNull();
      append(db, B, T, 0);
      append(db, A, T, 0);
      for (int i = 0; i < 200; i++) {
        append(db, A, T - 1 - (i * 7919L % 200) * 60_000, i);
      }
      append(db, B, T - 1, 5);
      Querier before = db.querier(Long.MIN_VALUE, Long.MAX_VALUE);
      OutOfOrderCompaction compaction =
          Optional.ofNullable(db.outOfOrderCompaction()).orElseThrow();
      append(db, A, T - 30, 77);
      assertThat(compaction.ranges()).containsExactly(T - 4 * HOUR, T - 2 * HOUR);
      List<String> out = new ArrayList<>();
      for (long range : compaction.ranges()) {
        try (SeriesChunks chunks = compaction.chunks(range, range + 2 * HOUR)) {
          assertThat(symbols(chunks)).isSorted();
          while (chunks.next()) {
            int samples = 0;
            long last = Long.MIN_VALUE;
            for (int i = 0; i < chunks.chunkCount(); i++) {
              assertThat(chunks.minTime(i)).isGreaterThan(last).isGreaterThanOrEqualTo(range);
              last = chunks.maxTime(i);
              samples += chunks.data(i).get(ValueLayout.JAVA_BYTE, 1) & 0xFF;
            }
            assertThat(last).isLessThan(range + 2 * HOUR);
            out.add(symbols(chunks).get(chunks.valueSymbol(0)) + " " + samples);
          }
        }
      }
      assertThat(out).containsExactly("a 80", "a 120", "b 1");
      compaction.finish();
      assertThat(TsdbTestKit.all(db).get(A))
          .containsExactly(Sample.of(T - 30, 77), Sample.of(T, 0));
      assertThat(TsdbTestKit.all(db).get(B)).containsExactly(Sample.of(T, 0));
      Map<Labels, List<Sample>> seen =
          TsdbTestKit.read(before.select(SelectHints.samples(0, Long.MAX_VALUE, true), List.of()));
      assertThat(seen.get(A)).hasSize(201).doesNotContain(Sample.of(T - 30, 77));
      assertThat(seen.get(B)).hasSize(2);
      before.close();
      try (Stream<Path> files = Files.list(dir.resolve("wbl"))) {
        assertThat(files).containsExactly(dir.resolve("wbl/00000001"));
      }
    }
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(TsdbTestKit.all(db).get(A))
          .containsExactly(Sample.of(T - 30, 77), Sample.of(T, 0));
    }
  }

  private static List<String> symbols(SeriesChunks chunks) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < chunks.symbolCount(); i++) {
      out.add(new String(chunks.symbol(i).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8));
    }
    return out;
  }
}
