package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers, readers and truncation at once. Each writer commits the number of the commit to its
 * steady series, and to series of that commit only, which are removed, and their rows used again,
 * soon after. A reader must find whole commits: the steady series with the same samples, numbered
 * without a gap up to the newest commit, and exactly the series of the commits that it sees.
 */
class TruncationStressTest {

  private static final long T = 1_699_999_200_000L;
  private static final long STEP = 60_000;
  private static final int WRITERS = 3;
  private static final int STEADY = 8;
  private static final int ONCE = 5;
  private static final int COMMITS = Integer.getInteger("narthex.stress.truncated", 800);

  /** How far behind the slowest writer is truncated: more than half a chunk range. */
  private static final int KEPT = 70;

  @TempDir Path dir;

  private final AtomicIntegerArray progress = new AtomicIntegerArray(WRITERS);
  private final AtomicInteger writing = new AtomicInteger(WRITERS);

  /** Set when one has failed, so that the others do not wait for it. */
  private final AtomicBoolean failed = new AtomicBoolean();

  private TsdbOptions options() {
    TsdbOptions o = TsdbTestKit.options(dir);
    return new TsdbOptions(
        dir, 256 * 1024, WalCompression.SNAPPY, true, o.chunkRange(), 120, false, 0);
  }

  @Test
  void readersSeeWholeCommitsWhileTheHeadIsTruncated() throws Exception {
    try (TsdbDatabase db = TsdbTestKit.open(options());
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int w = 0; w < WRITERS; w++) {
        int writer = w;
        tasks.add(() -> {
          try {
            write(db, writer);
          } finally {
            writing.decrementAndGet();
          }
          return null;
        });
      }
      for (int r = 0; r < 2; r++) {
        tasks.add(() -> {
          while (writing.get() > 0 && !failed.get()) {
            for (int w = 0; w < WRITERS; w++) {
              check(db, w);
            }
          }
          return null;
        });
      }
      tasks.add(() -> {
        truncate(db);
        return null;
      });
      List<Future<Void>> results = new ArrayList<>();
      tasks.forEach(t -> results.add(threads.submit(() -> orFail(t))));
      for (Future<Void> f : results) {
        f.get();
      }
      db.truncateHead(T + (COMMITS - KEPT) * STEP);
      for (int w = 0; w < WRITERS; w++) {
        check(db, w);
      }
      assertThat(db.head().counters().seriesRemoved.sum())
          .isGreaterThan(WRITERS * ONCE * (COMMITS - 300L));
    }
    try (TsdbDatabase db = TsdbTestKit.open(options())) {
      for (int w = 0; w < WRITERS; w++) {
        check(db, w);
      }
      assertThat(db.unknownReferences()).isZero();
    }
  }

  private Void orFail(Callable<Void> task) throws Exception {
    boolean done = false;
    try {
      Void result = task.call();
      done = true;
      return result;
    } finally {
      if (!done) {
        failed.set(true);
      }
    }
  }

  private void truncate(TsdbDatabase db) throws Exception {
    int done = 0;
    while (writing.get() > 0 && !failed.get()) {
      int slowest = Integer.MAX_VALUE;
      for (int w = 0; w < WRITERS; w++) {
        slowest = Math.min(slowest, progress.get(w));
      }
      if (slowest - KEPT > done) {
        done = slowest - KEPT;
        db.truncateHead(T + done * STEP);
      } else {
        Thread.yield();
      }
    }
  }

  private void write(TsdbDatabase db, int writer) throws Exception {
    long[] handles = new long[STEADY];
    for (int c = 0; c < COMMITS; c++) {
      // Those that run ahead wait, or the others' samples would be out of bounds.
      while (c > slowest() + 40) {
        if (failed.get()) {
          return;
        }
        Thread.yield();
      }
      Appender a = db.appender();
      for (int s = 0; s < STEADY; s++) {
        Outcome outcome =
            handles[s] == 0 ? Outcome.UNKNOWN_SERIES : a.append(handles[s], T + c * STEP, c);
        if (outcome == Outcome.UNKNOWN_SERIES) {
          handles[s] = a.series(Labels.of("__name__", "m", "writer", "w" + writer, "s", "s" + s));
          outcome = a.append(handles[s], T + c * STEP, c);
        }
        assertThat(outcome).isEqualTo(Outcome.STORED);
      }
      for (int s = 0; s < ONCE; s++) {
        long once =
            a.series(
                Labels.of(
                    "__name__", "once", "writer", "w" + writer, "commit", "c" + c, "s", "" + s));
        assertThat(a.append(once, T + c * STEP, c)).isEqualTo(Outcome.STORED);
      }
      a.commit();
      progress.set(writer, c + 1);
    }
  }

  private int slowest() {
    int slowest = Integer.MAX_VALUE;
    for (int w = 0; w < WRITERS; w++) {
      slowest = Math.min(slowest, progress.get(w));
    }
    return slowest;
  }

  private static void check(TsdbDatabase db, int writer) throws Exception {
    LabelMatcher mine = LabelMatcher.equal("writer", "w" + writer);
    try (Querier q = db.querier(0, Long.MAX_VALUE)) {
      Map<Labels, List<Sample>> steady = read(q, mine, "m");
      List<Sample> first = List.of();
      if (!steady.isEmpty()) {
        assertThat(steady).hasSize(STEADY);
        first = steady.values().iterator().next();
        for (List<Sample> samples : steady.values()) {
          assertThat(samples).isEqualTo(first);
        }
        for (int i = 1; i < first.size(); i++) {
          assertThat(first.get(i).t()).isEqualTo(first.get(i - 1).t() + STEP);
        }
      }
      Map<Labels, List<Sample>> once = read(q, mine, "once");
      once.values().removeIf(List::isEmpty);
      assertThat(once).hasSize(first.size() * ONCE);
      once.forEach((labels, samples) -> {
        assertThat(samples).hasSize(1);
        long commit = (samples.getFirst().t() - T) / STEP;
        assertThat(labels.get("commit")).isEqualTo("c" + commit);
        assertThat(Double.longBitsToDouble(samples.getFirst().bits())).isEqualTo(commit);
      });
      // The same again, later: nothing may have changed for this querier.
      assertThat(read(q, mine, "m")).isEqualTo(steady);
    }
  }

  private static Map<Labels, List<Sample>> read(Querier q, LabelMatcher writer, String name)
      throws Exception {
    return TsdbTestKit.read(
        q.select(
            SelectHints.samples(0, Long.MAX_VALUE, true),
            List.of(writer, LabelMatcher.equal("__name__", name))));
  }
}
