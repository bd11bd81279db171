package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.Utf8Order;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockQuerierTest {

  private static final long T = BlockTestKit.T;

  @TempDir Path dir;
  private final Map<Labels, List<Chunk>> series = BlockTestKit.example(400, 250);
  private Block block = null;

  @BeforeEach
  void write() throws IOException {
    block = Block.open(Disk.SYSTEM, BlockTestKit.write(dir, BlockTestKit.ULID, series));
  }

  @AfterEach
  void close() {
    block.close();
    assertThat(block.unmapped()).isDone();
  }

  private BlockQuerier querier(long minTime, long maxTime) {
    return Objects.requireNonNull(BlockQuerier.open(block, minTime, maxTime));
  }

  private static TreeMap<Labels, List<String>> read(Querier q, SelectHints hints, LabelMatcher... m)
      throws IOException {
    TreeMap<Labels, List<String>> out = new TreeMap<>();
    List<Labels> order = new ArrayList<>();
    SeriesSet set = q.select(hints, List.of(m));
    SampleBatch batch = new SampleBatch(100);
    SampleCursor cursor = null;
    while (set.next()) {
      cursor = set.current().cursor(cursor);
      List<String> samples = new ArrayList<>();
      while (cursor.next(batch)) {
        for (int i = 0; i < batch.size; i++) {
          samples.add(batch.timestamps[i] + "=" + batch.values[i]);
        }
      }
      order.add(set.current().labels());
      out.put(set.current().labels(), samples);
    }
    assertThat(order).isSorted().doesNotHaveDuplicates();
    return out;
  }

  private static long time(int s, int i) {
    return T + i * 15_000L + (s % 3 == 0 ? 0 : (i * 7919L * s) % 1000);
  }

  private List<String> expected(Labels labels, long from, long to) {
    int s = Integer.parseInt(labels.get("n"));
    List<String> out = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      long t = time(s, i);
      if (t >= from && t <= to) {
        double v = s % 4 == 0 ? i : s % 4 == 1 ? Math.sin(i + s) : (double) s * i;
        out.add(t + "=" + v);
      }
    }
    return out;
  }

  @Test
  void givesEverySampleOfTheRange() throws IOException {
    Random random = new Random(1);
    for (int round = 0; round < 40; round++) {
      long from = T + random.nextInt(4_000_000) - 100_000;
      long to = from + random.nextInt(1_000_000);
      try (Querier q = querier(from, to)) {
        TreeMap<Labels, List<String>> found =
            read(
                q,
                SelectHints.samples(Long.MIN_VALUE, Long.MAX_VALUE, true),
                new LabelMatcher(LabelMatcher.Type.REGEX, "n", "[0-9]*" + round % 10));
        for (Labels labels : series.keySet()) {
          if (labels.get("n").endsWith("" + round % 10)) {
            assertThat(found.getOrDefault(labels, List.of())).isEqualTo(expected(labels, from, to));
          }
        }
      }
    }
  }

  @Test
  void seeks() throws IOException {
    try (Querier q = querier(0, Long.MAX_VALUE)) {
      SeriesSet set =
          q.select(
              SelectHints.samples(0, Long.MAX_VALUE, true), List.of(LabelMatcher.equal("n", "3")));
      assertThat(set.next()).isTrue();
      SampleCursor cursor = set.current().cursor(null);
      SampleBatch batch = new SampleBatch(7);
      cursor.seek(time(3, 130));
      assertThat(cursor.next(batch)).isTrue();
      assertThat(batch.timestamps[0]).isEqualTo(time(3, 130));
      cursor.seek(time(3, 240) + 1);
      assertThat(cursor.next(batch)).isTrue();
      assertThat(batch.timestamps[0]).isEqualTo(time(3, 241));
      cursor.seek(0);
      assertThat(cursor.next(batch)).isTrue();
      assertThat(batch.timestamps[0]).isEqualTo(time(3, 247));
      assertThat(cursor.next(batch)).isFalse();
    }
  }

  /** Every kind of matcher and pairs of them, compared with looking at each series. */
  @Test
  void selectsAsLookingAtEachSeriesDoes() throws IOException {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (String name : List.of("__name__", "n", "instance", "even", "odd", "none")) {
      for (LabelMatcher.Type type : LabelMatcher.Type.values()) {
        for (String value : List.of("", "metric_3", "17", "host é 7", "\"yes\"", "nothing")) {
          matchers.add(new LabelMatcher(type, name, value));
        }
        if (type == LabelMatcher.Type.REGEX || type == LabelMatcher.Type.NOT_REGEX) {
          for (String value :
              List.of(
                  ".*", ".+", "metric_.*", "1.*", "|17", "17|18|17", ".*é.*", "[13].", "host.+9")) {
            matchers.add(new LabelMatcher(type, name, value));
          }
        }
      }
    }
    Random random = new Random(3);
    try (Querier q = querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      for (int i = 0; i < 3 * matchers.size(); i++) {
        List<LabelMatcher> some = new ArrayList<>();
        some.add(matchers.get(i % matchers.size()));
        for (int k = i / matchers.size(); k > 0; k--) {
          some.add(matchers.get(random.nextInt(matchers.size())));
        }
        List<Labels> expected =
            series.keySet().stream()
                .filter(l -> some.stream().allMatch(m -> m.matches(l.get(m.name()))))
                .toList();
        List<Labels> found = new ArrayList<>();
        SeriesSet set = q.select(SelectHints.labelsOnly(0, Long.MAX_VALUE, 0), some);
        while (set.next()) {
          found.add(set.current().labels());
        }
        assertThat(found).as("%s", some).isEqualTo(expected);
        TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
        TreeSet<String> values = new TreeSet<>(Utf8Order::compare);
        expected.forEach(l -> l.forEach((n, v) -> names.add(n)));
        expected.stream().map(l -> l.get("instance")).forEach(values::add);
        assertThat(q.labelNames(0, some).values()).as("%s", some).containsExactlyElementsOf(names);
        assertThat(q.labelValues("instance", 0, some).values())
            .as("%s", some)
            .containsExactlyElementsOf(values);
      }
      assertThat(q.labelNames(2, List.of()).values()).containsExactly("__name__", "even");
      assertThat(q.labelValues("n", 3, List.of()).values()).containsExactly("0", "1", "10");
      assertThat(q.labelValues("n", 0, List.of()).values()).hasSize(400);
      assertThat(q.labelValues("none", 0, List.of()).values()).isEmpty();
    }
  }

  @Test
  void limitsAndLeavesOutWhatHasNothing() throws IOException {
    try (Querier q = querier(T - 1000, T - 1)) {
      assertThat(read(q, SelectHints.samples(0, Long.MAX_VALUE, true))).isEmpty();
    }
    try (Querier q = querier(0, Long.MAX_VALUE)) {
      assertThat(read(q, SelectHints.labelsOnly(0, Long.MAX_VALUE, 5)).keySet())
          .containsExactlyElementsOf(series.keySet().stream().sorted().limit(5).toList());
      assertThat(read(q, SelectHints.samples(5, 4, true))).isEmpty();
    }
  }

  @Test
  void leavesOutWhatIsDeleted() throws IOException {
    LabelMatcher three = LabelMatcher.equal("n", "3");
    SelectHints all = SelectHints.samples(0, Long.MAX_VALUE, true);
    try (Querier before = querier(0, Long.MAX_VALUE)) {
      block.delete(time(3, 100), time(3, 199), List.of(three));
      block.delete(T, time(3, 9), List.of(three));
      block.delete(0, Long.MAX_VALUE, List.of(LabelMatcher.equal("n", "6")));
      try (Querier q = querier(0, Long.MAX_VALUE)) {
        Labels labels = read(q, all, three).firstKey();
        List<String> rest = expected(labels, time(3, 10), time(3, 99));
        rest.addAll(expected(labels, time(3, 200), Long.MAX_VALUE));
        assertThat(read(q, all, three).get(labels)).isEqualTo(rest);
        assertThat(read(q, all, LabelMatcher.equal("n", "6"))).isEmpty();
      }
      // A view stays as it was.
      assertThat(read(before, all, LabelMatcher.equal("n", "6"))).hasSize(1);
    }
  }
}
