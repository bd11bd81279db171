package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.Storage;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writers that commit one sample to each of their series at a time, the same number everywhere, and
 * readers that know from that what they must see: of each writer the same number of samples in all
 * series, no fewer than were committed before they asked, no more than were begun until the answer.
 */
final class StressLoad {

  /** Something that is done again and again while others write and read. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  static final long T = 1_700_006_400_000L;
  static final long STEP = 15_000;
  static final int SERIES = 20;

  /** How far a writer may be ahead of others: samples older than an hour are refused. */
  private static final int AHEAD = 60;

  private final int writers;
  private final AtomicIntegerArray begun;
  private final AtomicIntegerArray committed;
  private final AtomicLong checks = new AtomicLong();
  private final AtomicInteger writing;
  private final Object turn = new Object();
  private volatile long end;
  private volatile boolean failed;

  StressLoad(int writers) {
    this.writers = writers;
    this.begun = new AtomicIntegerArray(writers);
    this.committed = new AtomicIntegerArray(writers);
    this.writing = new AtomicInteger(writers);
  }

  /** When the writers end, by {@link System#nanoTime}. */
  void until(long nanoTime) {
    end = nanoTime;
  }

  long checks() {
    return checks.get();
  }

  private boolean over() {
    return failed || System.nanoTime() - end > 0;
  }

  Void write(Storage db, int writer) throws Exception {
    try {
      long[] refs = new long[SERIES];
      while (!over()) {
        int commit = committed.get(writer);
        if (!awaitTurn(commit)) {
          break;
        }
        begun.set(writer, commit + 1);
        Appender a = db.appender();
        for (int s = 0; s < SERIES; s++) {
          if (refs[s] == 0 || commit % 50 == 0) {
            refs[s] = a.series(labels(writer, s));
          }
          assertThat(a.append(refs[s], T + commit * STEP, value(writer, s, commit)))
              .as(a.explanation())
              .isEqualTo(Outcome.STORED);
        }
        if (commit % 7 == 0) {
          // A series that soon is old, so that there is something to collect.
          long once = a.series(Labels.of("__name__", "once", "commit", writer + "-" + commit));
          assertThat(a.append(once, T + commit * STEP, 1)).isEqualTo(Outcome.STORED);
        }
        a.commit();
        synchronized (turn) {
          committed.set(writer, commit + 1);
          turn.notifyAll();
        }
      }
      return null;
    } catch (Throwable t) {
      fail();
      throw t;
    } finally {
      writing.decrementAndGet();
    }
  }

  private void fail() {
    synchronized (turn) {
      failed = true;
      turn.notifyAll();
    }
  }

  /** Waits until no other writer is too far behind; false if it is over meanwhile. */
  private boolean awaitTurn(int commit) throws InterruptedException {
    synchronized (turn) {
      while (!over()) {
        int slowest = commit;
        for (int w = 0; w < writers; w++) {
          slowest = Math.min(slowest, committed.get(w));
        }
        if (commit - slowest < AHEAD) {
          return true;
        }
        turn.wait(100);
      }
      return false;
    }
  }

  Void read(Storage db, long seed) throws Exception {
    Random random = new Random(seed);
    try {
      while (writing.get() > 0 && !failed) {
        int writer = random.nextInt(writers);
        int now = committed.get(writer);
        // Mostly what is new, where head, mapped chunks and blocks meet.
        int back =
            random.nextInt(3) == 0
                ? random.nextInt(now + 1)
                : random.nextInt(1 + Math.min(now, 1500));
        int from = now - back;
        int to = random.nextBoolean() ? Integer.MAX_VALUE : from + random.nextInt(2000);
        check(db, writer, from, to);
      }
      return null;
    } catch (Throwable t) {
      fail();
      throw t;
    }
  }

  Void maintain(Work work) throws Exception {
    try {
      while (writing.get() > 0 && !failed) {
        work.run();
      }
      return null;
    } catch (Throwable t) {
      fail();
      throw t;
    }
  }

  /** Looks for all samples of all writers. */
  void checkAll(Storage db) throws IOException {
    for (int w = 0; w < writers; w++) {
      check(db, w, 0, Integer.MAX_VALUE);
    }
  }

  private static Labels labels(int writer, int series) {
    return Labels.of("__name__", "m", "writer", "w" + writer, "s", "s" + series);
  }

  private static double value(int writer, int series, int commit) {
    return commit * 1000.0 + writer * 100 + series;
  }

  /** Reads the samples of the commits {@code from} to {@code to}, as far as they are there. */
  private void check(Storage db, int writer, int from, int to) throws IOException {
    long start = T + from * STEP;
    long stop = to == Integer.MAX_VALUE ? Long.MAX_VALUE : T + to * STEP;
    int atLeast = committed.get(writer);
    List<Integer> ends = new ArrayList<>();
    try (Querier q = db.querier(start, stop)) {
      ends.addAll(read(q, writer, from, start, stop));
      // The same again: nothing may have changed for this querier.
      assertThat(read(q, writer, from, start, stop)).isEqualTo(ends);
    }
    int atMost = begun.get(writer);
    int low = Math.min(atLeast, to == Integer.MAX_VALUE ? to : to + 1);
    int high = Math.min(atMost, to == Integer.MAX_VALUE ? to : to + 1);
    if (low > from) {
      assertThat(ends).as("series of writer %d from %d to %d", writer, from, to).hasSize(SERIES);
    }
    assertThat(ends)
        .as("writer %d from %d to %d", writer, from, to)
        .allMatch(e -> e >= low && e <= high)
        .allMatch(e -> e.equals(ends.getFirst()));
    checks.incrementAndGet();
  }

  /** Of each series the number of the commit behind the last one that was seen. */
  private static List<Integer> read(Querier q, int writer, int from, long start, long stop)
      throws IOException {
    SeriesSet set =
        q.select(
            SelectHints.samples(start, stop, true),
            List.of(
                LabelMatcher.equal("__name__", "m"), LabelMatcher.equal("writer", "w" + writer)));
    List<Integer> ends = new ArrayList<>();
    SampleBatch batch = new SampleBatch();
    SampleCursor cursor = null;
    while (set.next()) {
      Labels labels = set.current().labels();
      int series = Integer.parseInt(String.valueOf(labels.get("s")).substring(1));
      cursor = set.current().cursor(cursor);
      int commit = from;
      while (cursor.next(batch)) {
        for (int i = 0; i < batch.size; i++) {
          if (batch.timestamps[i] != T + commit * STEP
              || batch.values[i] != value(writer, series, commit)) {
            throw new AssertionError(
                labels
                    + ": after "
                    + (commit - from)
                    + " samples from commit "
                    + from
                    + " on comes "
                    + batch.values[i]
                    + " at step "
                    + (batch.timestamps[i] - T) / (double) STEP);
          }
          commit++;
        }
      }
      ends.add(commit);
    }
    return ends;
  }
}
