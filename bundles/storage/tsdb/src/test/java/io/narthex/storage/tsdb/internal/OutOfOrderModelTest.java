package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The database against the reference's rules of acceptance, written down simply: samples in and out
 * of order, of every kind, with a window that changes, ends of the database, and readers that stay
 * open while others append.
 */
class OutOfOrderModelTest {

  private static final long T = 1_700_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long HALF_RANGE = 60 * MINUTE;
  private static final int SERIES = 4;
  private static final int ROUNDS = Integer.getInteger("narthex.model.rounds", 60);

  @TempDir Path dir;

  /** What the rules say of one series. */
  private static final class Model {
    final NavigableMap<Long, String> samples = new TreeMap<>();
    long last = Long.MIN_VALUE;
    String lastSample = "";
  }

  private record Reader(Querier querier, long from, long to, Map<Labels, String> expected) {}

  private final Map<Labels, Model> models = new HashMap<>();
  private final List<Reader> readers = new ArrayList<>();
  private long newest = Long.MIN_VALUE;
  private long window;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void answersAsTheRulesSay(long seed) throws IOException {
    Random random = new Random(seed);
    TsdbDatabase db = TsdbTestKit.open(dir);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        if (random.nextInt(15) == 0) {
          window = random.nextInt(4) * 40L * MINUTE;
          db.setOutOfOrderWindow(window);
        }
        append(db, random);
        check(db, random);
        if (random.nextInt(12) == 0) {
          checkReaders();
          db.close();
          db = TsdbTestKit.open(dir);
          db.setOutOfOrderWindow(window);
          compare(db, Long.MIN_VALUE, Long.MAX_VALUE);
        }
      }
      checkReaders();
    } finally {
      readers.forEach(r -> r.querier.close());
      db.close();
    }
  }

  private void append(TsdbDatabase db, Random random) throws IOException {
    Appender a = db.appender();
    int n = 1 + random.nextInt(random.nextInt(5) == 0 ? 300 : 30);
    long base = newest == Long.MIN_VALUE ? T : newest;
    long fixedNewest = Long.MIN_VALUE;
    boolean commit = newest == Long.MIN_VALUE || random.nextInt(6) > 0;
    List<Runnable> changes = new ArrayList<>();
    Map<Labels, Long> pendingLast = new HashMap<>();
    long spread = (1 + random.nextInt(200)) * MINUTE;
    for (int i = 0; i < n; i++) {
      Labels labels = Labels.of("__name__", "m" + random.nextInt(SERIES));
      long t =
          random.nextInt(3) == 0
              ? base + random.nextInt(20) * 1000L
              : base - random.nextLong(spread) / 1000 * 1000;
      if (fixedNewest == Long.MIN_VALUE) {
        fixedNewest = newest == Long.MIN_VALUE ? t : newest;
      }
      Object sample = sample(random, i);
      Model m = models.computeIfAbsent(labels, l -> new Model());
      Outcome expected = outcome(m, t, text(sample), fixedNewest);
      long series = a.series(labels);
      Outcome actual = put(a, series, t, sample);
      assertThat(actual).as("%s at %d", a.explanation(), t - base).isEqualTo(expected);
      if (actual != Outcome.STORED) {
        continue;
      }
      boolean inOrder =
          t >= fixedNewest - HALF_RANGE
              && t > pendingLast.getOrDefault(labels, m.last)
              && t > m.last;
      if (inOrder) {
        pendingLast.put(labels, t);
      }
      boolean wasLast = t == m.last;
      boolean late = !inOrder && !wasLast;
      if (late && t >= fixedNewest - HALF_RANGE && t > m.last) {
        // In order when it was appended, overtaken within its own commit.
        if (window == 0 || t == pendingLast.getOrDefault(labels, m.last)) {
          continue;
        }
      }
      long limit = fixedNewest - window;
      if (late && t < limit) {
        continue;
      }
      changes.add(() -> {
        if (inOrder) {
          m.samples.put(t, text(sample));
          m.last = t;
          m.lastSample = text(sample);
          newest = Math.max(newest, t);
        } else if (late) {
          m.samples.putIfAbsent(t, text(sample));
        }
      });
    }
    if (commit) {
      a.commit();
      // In order first: of one time the sample that came in order is seen.
      changes.forEach(Runnable::run);
    } else {
      a.rollback();
    }
  }

  /** The rules, at the time of the call. */
  private Outcome outcome(Model m, long t, String sample, long fixedNewest) {
    long oldest = fixedNewest - HALF_RANGE;
    if (t >= oldest) {
      if (t > m.last) {
        return Outcome.STORED;
      }
      if (t == m.last) {
        return sample.equals(m.lastSample) ? Outcome.STORED : Outcome.DUPLICATE;
      }
    }
    if (window > 0) {
      return t >= fixedNewest - window ? Outcome.STORED : Outcome.TOO_OLD;
    }
    return t < oldest ? Outcome.OUT_OF_BOUNDS : Outcome.OUT_OF_ORDER;
  }

  private static Object sample(Random random, int i) {
    long n = 1L + random.nextInt(1000);
    return switch (random.nextInt(12)) {
      case 0 -> histogram(n);
      case 1 -> histogram(n).toFloat();
      default -> (double) n + i / 1000.0;
    };
  }

  private static Histogram histogram(long n) {
    return new Histogram(
        n % 3 == 0 ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
        0,
        0.001,
        0,
        3 * n,
        n,
        new int[] {0, 2},
        new int[0],
        new long[] {n, n},
        new long[0],
        new double[0]);
  }

  private static Outcome put(Appender a, long series, long t, Object sample) {
    return switch (sample) {
      case Histogram h -> a.append(series, t, h);
      case FloatHistogram h -> a.append(series, t, h);
      default -> a.append(series, t, (Double) sample);
    };
  }

  private static String text(Object sample) {
    return switch (sample) {
      case Histogram h -> "i" + h.count();
      case FloatHistogram h -> "f" + h.count();
      default -> String.valueOf(sample);
    };
  }

  private void check(TsdbDatabase db, Random random) throws IOException {
    long base = newest == Long.MIN_VALUE ? T : newest;
    long from = base - random.nextLong(300) * MINUTE;
    long to = from + random.nextLong(300) * MINUTE;
    compare(db, from, to);
    if (random.nextInt(4) == 0) {
      readers.add(new Reader(db.querier(from, to), from, to, expected(from, to)));
    }
    if (readers.size() > 5) {
      Reader r = readers.remove(random.nextInt(readers.size()));
      compare(r);
      r.querier.close();
    }
  }

  private void checkReaders() throws IOException {
    for (Reader r : readers) {
      compare(r);
      r.querier.close();
    }
    readers.clear();
  }

  private void compare(TsdbDatabase db, long from, long to) throws IOException {
    try (Querier q = db.querier(from, to)) {
      compare(new Reader(q, from, to, expected(from, to)));
    }
  }

  private Map<Labels, String> expected(long from, long to) {
    Map<Labels, String> out = new TreeMap<>();
    models.forEach((labels, m) -> {
      StringBuilder s = new StringBuilder();
      m.samples
          .subMap(from, true, to, true)
          .forEach((t, v) -> s.append(t - T).append('=').append(seen(v)).append('\n'));
      if (!s.isEmpty()) {
        out.put(labels, s.toString());
      }
    });
    return out;
  }

  /** Readers see floats for all counts. */
  private static String seen(String sample) {
    return sample.startsWith("i") ? "f" + Double.parseDouble(sample.substring(1)) : sample;
  }

  private void compare(Reader r) throws IOException {
    Map<Labels, String> actual = new TreeMap<>();
    SampleBatch batch = new SampleBatch();
    SampleCursor cursor = null;
    SeriesSet set = r.querier.select(SelectHints.samples(r.from, r.to, true), List.of());
    while (set.next()) {
      cursor = set.current().cursor(cursor);
      StringBuilder s = new StringBuilder();
      while (cursor.next(batch)) {
        for (int i = 0; i < batch.size; i++) {
          FloatHistogram h = batch.histograms == null ? null : batch.histograms[i];
          s.append(batch.timestamps[i] - T)
              .append('=')
              .append(h == null ? String.valueOf(batch.values[i]) : "f" + h.count())
              .append('\n');
        }
      }
      if (!s.isEmpty()) {
        actual.put(set.current().labels(), s.toString());
      }
    }
    assertThat(actual.keySet()).isEqualTo(r.expected.keySet());
    r.expected.forEach((labels, samples) -> {
      List<String> is = new ArrayList<>(actual.get(labels).lines().toList());
      List<String> wanted = new ArrayList<>(samples.lines().toList());
      List<String> both = new ArrayList<>(is);
      both.retainAll(wanted);
      is.removeAll(both);
      wanted.removeAll(both);
      assertThat(is).as(labels.toString()).isEqualTo(wanted);
      assertThat(actual).containsEntry(labels, samples);
    });
  }
}
