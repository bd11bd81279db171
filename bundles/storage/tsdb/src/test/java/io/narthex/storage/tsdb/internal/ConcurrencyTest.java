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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writers and readers at once. Each writer commits the same value to all of its series, the next
 * number each time, and makes new series as it goes; so a reader must find in the series of one
 * writer equally many samples, numbered without a gap.
 */
class ConcurrencyTest {

  private static final long T = 1_700_000_000_000L;
  private static final int WRITERS = 6;
  private static final int SERIES = 40;
  private static final int COMMITS = Integer.getInteger("narthex.stress.commits", 400);

  @TempDir Path dir;

  @Test
  void readersSeeWholeCommits() throws Exception {
    AtomicInteger writing = new AtomicInteger(WRITERS);
    List<Callable<Void>> tasks = new ArrayList<>();
    try (TsdbDatabase db = TsdbTestKit.open(dir);
        // Platform threads: readers that never block would keep virtual writers waiting.
        ExecutorService threads = Executors.newCachedThreadPool()) {
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
      for (int r = 0; r < 3; r++) {
        tasks.add(() -> {
          int checks = 0;
          while (writing.get() > 0 || checks == 0) {
            for (int w = 0; w < WRITERS; w++) {
              check(db, w);
            }
            checks++;
          }
          return null;
        });
      }
      List<Future<Void>> results = new ArrayList<>();
      tasks.forEach(t -> results.add(threads.submit(t)));
      for (Future<Void> f : results) {
        f.get();
      }
      for (int w = 0; w < WRITERS; w++) {
        assertThat(check(db, w)).isEqualTo(COMMITS);
      }
      assertThat(db.head().lowWatermark()).isEqualTo(db.head().highWatermark());
    }
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      for (int w = 0; w < WRITERS; w++) {
        assertThat(check(db, w)).isEqualTo(COMMITS);
      }
    }
  }

  private static void write(TsdbDatabase db, int writer) throws Exception {
    long[] refs = new long[SERIES];
    for (int c = 0; c < COMMITS; c++) {
      Appender a = db.appender();
      for (int s = 0; s < SERIES; s++) {
        if (refs[s] == 0 || c % 50 == 0) {
          refs[s] = a.series(Labels.of("__name__", "m", "writer", "w" + writer, "s", "s" + s));
        }
        assertThat(a.append(refs[s], T + c * 1000L, c)).isEqualTo(Outcome.STORED);
      }
      // A series of its own for each commit: the index grows under the readers.
      long once =
          a.series(Labels.of("__name__", "once", "writer", "w" + writer, "commit", "c" + c));
      assertThat(a.append(once, T + c * 1000L, c)).isEqualTo(Outcome.STORED);
      a.commit();
    }
  }

  /** Returns how many commits of the writer can be seen. */
  private static int check(TsdbDatabase db, int writer) throws Exception {
    LabelMatcher mine = LabelMatcher.equal("writer", "w" + writer);
    try (Querier q = db.querier(0, Long.MAX_VALUE)) {
      int commits = count(q, List.of(mine, LabelMatcher.equal("__name__", "m")));
      Map<Labels, List<TsdbTestKit.Sample>> once =
          TsdbTestKit.read(
              q.select(
                  SelectHints.samples(0, Long.MAX_VALUE, false),
                  List.of(mine, LabelMatcher.equal("__name__", "once"))));
      assertThat(once).hasSize(commits);
      assertThat(once.values()).allSatisfy(s -> assertThat(s).hasSize(1));
      // The same again, later: nothing may have changed for this querier.
      assertThat(count(q, List.of(mine, LabelMatcher.equal("__name__", "m")))).isEqualTo(commits);
      return commits;
    }
  }

  private static int count(Querier q, List<LabelMatcher> matchers) throws Exception {
    SeriesSet set = q.select(SelectHints.samples(0, Long.MAX_VALUE, false), matchers);
    SampleBatch batch = new SampleBatch();
    SampleCursor cursor = null;
    int commits = -1;
    int series = 0;
    while (set.next()) {
      cursor = set.current().cursor(cursor);
      int n = 0;
      while (cursor.next(batch)) {
        for (int i = 0; i < batch.size; i++) {
          assertThat(batch.timestamps[i]).isEqualTo(T + n * 1000L);
          assertThat(batch.values[i]).isEqualTo(n);
          n++;
        }
      }
      assertThat(commits < 0 || commits == n).as("%d and %d samples", commits, n).isTrue();
      commits = n;
      series++;
    }
    assertThat(series == 0 || series == SERIES).as("%d series", series).isTrue();
    return Math.max(0, commits);
  }
}
