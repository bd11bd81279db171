package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockTestKit;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.block.Ulid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlocksInDatabaseTest {

  private static final long T = BlockTestKit.T;
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
    java.util.Arrays.fill(values, value);
    return BlockTestKit.floats(times, values);
  }

  private static Map<Labels, List<String>> all(TsdbDatabase db) throws IOException {
    Map<Labels, List<String>> out = new TreeMap<>();
    TsdbTestKit.all(db)
        .forEach((labels, samples) -> {
          List<String> text = new ArrayList<>();
          samples.forEach(s -> text.add(s.toString()));
          out.put(labels, text);
        });
    return out;
  }

  @Test
  void joinsBlocksAndHead() throws IOException {
    BlockTestKit.write(dir, FIRST, Map.of(A, samples(1, T, T + 10), B, samples(1, T + 5)));
    // Overlaps the first one.
    BlockTestKit.write(dir, SECOND, Map.of(A, samples(1, T + 5, T + 10, T + 15)));
    long end = T + 7_200_000;
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(db.startTime()).isEqualTo(T);
      Appender late = db.appender();
      assertThat(late.append(late.series(A), end - 1, 1)).isEqualTo(Outcome.OUT_OF_BOUNDS);
      late.commit();
      TsdbTestKit.append(db, A, end, 2);
      TsdbTestKit.append(db, Labels.of("__name__", "c"), end + 1, 2);
      Map<Labels, List<String>> found = all(db);
      assertThat(found.get(A))
          .containsExactly(
              sample(T, 1), sample(T + 5, 1), sample(T + 10, 1), sample(T + 15, 1), sample(end, 2));
      assertThat(found.get(B)).containsExactly(sample(T + 5, 1));
      assertThat(found).hasSize(3);
      try (Querier q = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
        assertThat(q.labelValues("__name__", 0, List.of()).values()).containsExactly("a", "b", "c");
        assertThat(q.labelValues("__name__", 2, List.of()).values()).containsExactly("a", "b");
        assertThat(q.labelNames(0, List.of(LabelMatcher.equal("__name__", "c"))).values())
            .containsExactly("__name__");
        SeriesSet two = q.select(SelectHints.labelsOnly(0, Long.MAX_VALUE, 2), List.of());
        assertThat(two.next()).isTrue();
        assertThat(two.next()).isTrue();
        assertThat(two.current().labels()).isEqualTo(B);
        assertThat(two.next()).isFalse();
        assertThat(two.warnings()).isEmpty();
      }
    }
  }

  private static String sample(long t, double v) {
    return TsdbTestKit.Sample.of(t, v).toString();
  }

  @Test
  void putsDamagedBlocksAside() throws IOException {
    BlockTestKit.write(dir, FIRST, Map.of(A, samples(1, T)));
    Path damaged = BlockTestKit.write(dir, SECOND, Map.of(A, samples(2, T + 1)));
    Files.write(damaged.resolve("index"), new byte[200]);
    Path noMeta = Files.createDirectory(dir.resolve("01HF6ZZZZZ0123456789ABCDEF"));
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(all(db)).containsOnlyKeys(A);
      assertThat(all(db).get(A)).containsExactly(sample(T, 1));
    }
    assertThat(damaged).doesNotExist();
    assertThat(dir.resolve(SECOND + ".corrupt/index")).exists();
    assertThat(noMeta).exists();
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(db.blocks().blocks()).hasSize(1);
    }
  }

  @Test
  void removesWhatIsUnfinished() throws IOException {
    for (String suffix : List.of(".tmp-for-creation", ".tmp-for-deletion", ".tmp")) {
      Path left = Files.createDirectories(dir.resolve(FIRST + suffix).resolve("chunks"));
      Files.write(left.resolve("000001"), new byte[10]);
    }
    Path others = Files.createDirectories(dir.resolve("others.tmp"));
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(db.blocks().blocks()).isEmpty();
    }
    assertThat(others).exists();
    try (java.util.stream.Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(f -> String.valueOf(f.getFileName())))
          .noneMatch(n -> n.startsWith(FIRST.toString()));
    }
  }

  @Test
  void readersKeepTheBlocksThatWereReplaced() throws IOException {
    BlockTestKit.write(dir, FIRST, Map.of(A, samples(1, T)));
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      Block old = db.blocks().blocks().getFirst();
      try (Querier q = db.querier(0, Long.MAX_VALUE)) {
        assertThat(db.blocks().replace(List.of())).containsExactly(old);
        assertThat(old.unmapped()).isNotDone();
        SeriesSet set = q.select(SelectHints.samples(0, Long.MAX_VALUE, true), List.of());
        assertThat(set.next()).isTrue();
        assertThat(set.current().labels()).isEqualTo(A);
      }
      assertThat(old.unmapped()).isDone();
      assertThat(all(db)).isEmpty();
    }
  }
}
