package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.StaleMarker;
import io.narthex.model.Utf8Order;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database against maps: random appends, ends and questions with every kind of matcher. */
class RandomModelTest {

  private static final long T = 1_700_000_000_000L;
  private static final String[] NAMES = {"__name__", "job", "instance", "é", "zone"};
  private static final String[] VALUES = {"a", "b", "ab", "abc", "x-1", "x-2", "ü", "10", "9", ""};

  @TempDir Path dir;

  private final NavigableMap<Labels, NavigableMap<Long, Long>> model = new TreeMap<>();
  private long newest = Long.MIN_VALUE;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAsTheModel(long seed) throws IOException {
    Random random = new Random(seed);
    TsdbDatabase db = TsdbTestKit.open(dir);
    try {
      for (int round = 0; round < 40; round++) {
        appendSome(db, random);
        for (int q = 0; q < 8; q++) {
          ask(db, random);
        }
        if (random.nextInt(10) == 0) {
          db.close();
          db = TsdbTestKit.open(dir);
        }
      }
    } finally {
      db.close();
    }
  }

  private void appendSome(TsdbDatabase db, Random random) throws IOException {
    Appender a = db.appender();
    boolean commit = random.nextInt(8) != 0;
    List<Runnable> changes = new ArrayList<>();
    TreeSet<Labels> touched = new TreeSet<>();
    long oldest = newest == Long.MIN_VALUE ? Long.MIN_VALUE : newest - 3_600_000;
    int samples = random.nextInt(200);
    long step = random.nextInt(5) == 0 ? 4_000_000 : 60_000;
    long from = newest == Long.MIN_VALUE ? T : newest;
    for (int i = 0; i < samples; i++) {
      Labels labels = labels(random);
      long series = a.series(labels);
      if (labels.isEmpty()) {
        assertThat(series).isZero();
        continue;
      }
      if (!touched.add(labels)) {
        continue;
      }
      long t = from + (long) (random.nextDouble() * 2 * step) - step / 2;
      if (oldest == Long.MIN_VALUE) {
        oldest = t - 3_600_000;
      }
      double v = value(random);
      assertThat(a.append(series, t, v)).isEqualTo(expected(labels, t, v, oldest, changes));
    }
    if (commit) {
      a.commit();
      changes.forEach(Runnable::run);
      for (NavigableMap<Long, Long> m : model.values()) {
        newest = Math.max(newest, m.lastKey());
      }
    } else {
      a.rollback();
    }
  }

  private Outcome expected(Labels labels, long t, double v, long oldest, List<Runnable> changes) {
    NavigableMap<Long, Long> there = model.get(labels);
    long bits = Double.doubleToRawLongBits(v);
    if (t < oldest) {
      return Outcome.OUT_OF_BOUNDS;
    }
    if (there != null && t == there.lastKey()) {
      return there.lastEntry().getValue() == bits ? Outcome.STORED : Outcome.DUPLICATE;
    }
    if (there != null && t < there.lastKey()) {
      return Outcome.OUT_OF_ORDER;
    }
    changes.add(() -> model.computeIfAbsent(labels, l -> new TreeMap<>()).put(t, bits));
    return Outcome.STORED;
  }

  private static Labels labels(Random random) {
    LabelsBuilder b = new LabelsBuilder();
    for (String name : NAMES) {
      if (random.nextInt(3) != 0) {
        b.set(name, VALUES[random.nextInt(VALUES.length)]);
      }
    }
    return b.build();
  }

  private static double value(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextInt(3);
      case 1 -> StaleMarker.VALUE;
      case 2 -> Double.longBitsToDouble(random.nextLong());
      case 3 -> Double.POSITIVE_INFINITY;
      case 4 -> -0.0;
      default -> random.nextInt(1000) / 8.0;
    };
  }

  private void ask(TsdbDatabase db, Random random) throws IOException {
    List<LabelMatcher> matchers = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      matchers.add(matcher(random));
    }
    long from = T + (long) (random.nextDouble() * Math.max(1, newest - T));
    long to = from + random.nextInt(10_000_000);
    if (random.nextInt(3) == 0) {
      from = Long.MIN_VALUE;
      to = Long.MAX_VALUE;
    }
    try (Querier q = db.querier(from, to)) {
      boolean sorted = random.nextBoolean();
      SeriesSet set = q.select(SelectHints.samples(from, to, sorted), matchers);
      Map<Labels, List<Sample>> got = read(set, random, from);
      Map<Labels, List<Sample>> wanted = new LinkedHashMap<>();
      TreeSet<String> jobs = new TreeSet<>(Utf8Order::compare);
      TreeSet<String> names = new TreeSet<>(Utf8Order::compare);
      for (Map.Entry<Labels, NavigableMap<Long, Long>> e : model.entrySet()) {
        if (!matchers.stream().allMatch(m -> m.matches(e.getKey().get(m.name())))) {
          continue;
        }
        List<Sample> samples = new ArrayList<>();
        e.getValue().subMap(from, true, to, true).forEach((t, v) -> samples.add(new Sample(t, v)));
        if (!samples.isEmpty()) {
          wanted.put(e.getKey(), samples);
        }
        jobs.add(e.getKey().get("job"));
        e.getKey().forEach((n, v) -> names.add(n));
      }
      jobs.remove("");
      // A series whose chunk reaches into the range may come without samples.
      got.values().removeIf(List::isEmpty);
      assertThat(got).as("%s from %d to %d", matchers, from, to).isEqualTo(wanted);
      if (sorted) {
        assertThat(got.keySet()).containsExactlyElementsOf(wanted.keySet());
      }
      if (from == Long.MIN_VALUE && newest != Long.MIN_VALUE) {
        // Series of appenders that were rolled back have labels too.
        assertThat(q.labelValues("job", 0, matchers).values())
            .containsAll(jobs)
            .isSortedAccordingTo(Utf8Order::compare);
        assertThat(q.labelNames(0, matchers).values()).containsAll(names);
      }
    }
  }

  private static LabelMatcher matcher(Random random) {
    String[] expressions = {
      "a.*", ".*b", ".+", ".*", "a|b|ab", "x-[12]", "", "[a-c]+", "(a|)", "ü", ".*b.*"
    };
    LabelMatcher.Type type =
        LabelMatcher.Type.values()[random.nextInt(LabelMatcher.Type.values().length)];
    String name = random.nextInt(12) == 0 ? "nowhere" : NAMES[random.nextInt(NAMES.length)];
    boolean regex = type == LabelMatcher.Type.REGEX || type == LabelMatcher.Type.NOT_REGEX;
    String value =
        regex
            ? expressions[random.nextInt(expressions.length)]
            : random.nextInt(10) == 0 ? "nothing" : VALUES[random.nextInt(VALUES.length)];
    return new LabelMatcher(type, name, value);
  }

  /** Reads with batches of any size, and now and then seeks forward first. */
  private static Map<Labels, List<Sample>> read(SeriesSet set, Random random, long from)
      throws IOException {
    Map<Labels, List<Sample>> out = new LinkedHashMap<>();
    SampleBatch batch = new SampleBatch(1 + random.nextInt(300));
    SampleCursor cursor = null;
    while (set.next()) {
      cursor = set.current().cursor(cursor);
      List<Sample> samples = new ArrayList<>();
      if (random.nextBoolean()) {
        cursor.seek(from);
      }
      while (cursor.next(batch)) {
        assertThat(batch.size).isPositive();
        for (int i = 0; i < batch.size; i++) {
          samples.add(Sample.of(batch.timestamps[i], batch.values[i]));
        }
      }
      assertThat(cursor.next(batch)).isFalse();
      assertThat(out.put(set.current().labels(), samples)).isNull();
    }
    return out;
  }
}
