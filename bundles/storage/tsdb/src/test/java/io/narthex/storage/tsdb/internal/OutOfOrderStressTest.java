package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Appenders and readers at once. Each commit puts the same time and value into all series of its
 * writer, so that a reader that sees a part of a commit has two series that differ.
 */
class OutOfOrderStressTest {

  private static final long T = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;
  private static final int WRITERS = 2;
  private static final int SERIES = 3;
  private static final int COMMITS = Integer.getInteger("narthex.stress.commits", 1500);

  @TempDir Path dir;

  private static Labels labels(int writer, int n) {
    return Labels.of("__name__", "m", "n", "" + n, "writer", "" + writer);
  }

  @Test
  void readersSeeWholeCommits() throws Exception {
    AtomicInteger writing = new AtomicInteger(WRITERS);
    try (TsdbDatabase db = TsdbTestKit.open(dir);
        ExecutorService threads = Executors.newCachedThreadPool()) {
      db.setOutOfOrderWindow(100 * HOUR);
      List<Future<Map<Long, Double>>> written = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        written.add(
            threads.submit(() -> {
              try {
                return write(db, writer);
              } finally {
                writing.decrementAndGet();
              }
            }));
      }
      List<Future<Integer>> readers = new ArrayList<>();
      Callable<Integer> read = () -> read(db, writing);
      readers.add(threads.submit(read));
      readers.add(threads.submit(read));
      for (Future<Integer> r : readers) {
        assertThat(r.get()).isPositive();
      }
      check(db, written);
    }
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      assertThat(TsdbTestKit.all(db)).hasSize(WRITERS * SERIES);
    }
  }

  private static Map<Long, Double> write(TsdbDatabase db, int writer) throws IOException {
    Random random = new Random(writer);
    Map<Long, Double> out = new TreeMap<>();
    for (int c = 0; c < COMMITS; c++) {
      Appender a = db.appender();
      List<Long> times = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long t = c % 4 == 0 && i == 0 ? T + c * 1000L : T - random.nextLong(50 * HOUR);
        if (!out.containsKey(t) && !times.contains(t)) {
          times.add(t);
        }
      }
      for (int n = 0; n < SERIES; n++) {
        long series = a.series(labels(writer, n));
        for (long t : times) {
          assertThat(a.append(series, t, c)).isEqualTo(Outcome.STORED);
        }
      }
      a.commit();
      for (long t : times) {
        out.put(t, (double) c);
      }
    }
    return out;
  }

  private static int read(TsdbDatabase db, AtomicInteger writing) throws IOException {
    int reads = 0;
    Map<Labels, Integer> before = new TreeMap<>();
    do {
      Map<Labels, List<Sample>> all = TsdbTestKit.all(db);
      for (int w = 0; w < WRITERS; w++) {
        // A series that was just made may be there without a sample, or not yet.
        List<Sample> first = all.getOrDefault(labels(w, 0), List.of());
        for (int n = 1; n < SERIES; n++) {
          assertThat(all.getOrDefault(labels(w, n), List.of())).isEqualTo(first);
        }
        assertThat(first.size()).isGreaterThanOrEqualTo(before.getOrDefault(labels(w, 0), 0));
        before.put(labels(w, 0), first.size());
      }
      reads++;
    } while (writing.get() > 0);
    return reads;
  }

  private static void check(TsdbDatabase db, List<Future<Map<Long, Double>>> written)
      throws Exception {
    for (int w = 0; w < WRITERS; w++) {
      List<Sample> expected = new ArrayList<>();
      written.get(w).get().forEach((t, v) -> expected.add(Sample.of(t, v)));
      for (int n = 0; n < SERIES; n++) {
        assertThat(TsdbTestKit.all(db).get(labels(w, n))).isEqualTo(expected);
      }
    }
  }
}
