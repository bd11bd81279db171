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
import io.narthex.model.Exemplar;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.Ledger.Acknowledged;
import io.narthex.storage.tsdb.internal.Ledger.Deleting;
import io.narthex.storage.tsdb.internal.Ledger.Point;
import io.narthex.storage.tsdb.internal.Ledger.Tried;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Does what a server does, the same at every run, and notes what it tried and what succeeded. */
final class CrashWorkload {

  private static final long T = 1_700_000_000_000L;
  private static final long STEP = 120_000;

  /** Commits between opening and closing. */
  private static final int COMMITS = 40;

  private static final long WINDOW = 3_600_000;

  /** Series from here on get no late samples: deletions are sure to hit only what is there. */
  private static final int IN_ORDER = 50;

  private final FaultyDisk disk;
  private final TsdbOptions options;
  private final Random random = new Random(42);
  private int id;
  private long now = T;
  private int failures;
  private long late;

  CrashWorkload(FaultyDisk disk, TsdbOptions options) {
    this.disk = disk;
    this.options = options;
  }

  /** Runs all of it; what fails is noted as not acknowledged. */
  void run() throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      TsdbDatabase db = open();
      if (db == null) {
        continue;
      }
      Maintenance maintenance =
          new Maintenance(db, options, disk, CompactionMetrics.NONE, InstantSource.system());
      maintenance.setLimits(RetentionLimits.NONE);
      try {
        for (int i = 0; i < COMMITS; i++) {
          if (i % 3 == 2) {
            commitLate(db);
          } else {
            commit(db, 1 + random.nextInt(60));
          }
          if (i % 10 == 9) {
            delete(maintenance);
            work(maintenance::compact);
          }
        }
        work(maintenance::cleanTombstones);
        work(() -> assertThat(maintenance.snapshot(true)).isNotEmpty());
      } finally {
        close(db);
      }
    }
  }

  /** Something that acknowledges nothing. */
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private void work(Work work) throws InterruptedException {
    try {
      work.run();
    } catch (IOException e) {
      failures++;
    }
  }

  int failures() {
    return failures;
  }

  private @Nullable TsdbDatabase open() {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        TsdbDatabase db = TsdbTestKit.open(options, disk);
        db.setOutOfOrderWindow(WINDOW);
        return db;
      } catch (IOException e) {
        // The server ends with this error, and is started again.
        failures++;
      }
    }
    return null;
  }

  private void close(TsdbDatabase db) {
    try {
      db.close();
    } catch (IOException e) {
      failures++;
    }
  }

  private static Labels series(int n) {
    return Labels.of("__name__", n % 4 == 3 ? "h" : "f", "n", "s" + n);
  }

  /** Appends the next samples to some series. */
  private void commit(TsdbDatabase db, int series) {
    now += STEP;
    List<Point> points = new ArrayList<>();
    Appender a = db.appender();
    int first = random.nextInt(40);
    for (int n = first; n < first + series; n++) {
      append(a, n, now, points);
      if (n % 16 == 0) {
        long ref = a.series(series(n));
        a.appendExemplar(ref, new Exemplar(Labels.of("trace", "t" + now), 1, now, true));
      }
    }
    commit(a, points);
  }

  /** Appends samples between those that are there. */
  private void commitLate(TsdbDatabase db) {
    List<Point> points = new ArrayList<>();
    Appender a = db.appender();
    for (int i = 0; i < 30; i++) {
      // At a millisecond that no other sample has.
      long t = now - (1 + random.nextInt(20)) * STEP + 1 + late++ % (STEP - 1);
      append(a, random.nextInt(IN_ORDER), Math.max(t, T + 1), points);
    }
    commit(a, points);
  }

  private static void append(Appender a, int n, long t, List<Point> points) {
    Labels labels = series(n);
    long ref = a.series(labels);
    Outcome outcome;
    long value;
    if (n % 4 == 3) {
      Histogram h = histogram(labels, t);
      value = value(h.toFloat());
      outcome = n % 8 == 3 ? a.append(ref, t, h) : a.append(ref, t, h.toFloat());
    } else {
      double v = new Random(labels.hashCode() * 31L + t).nextDouble();
      value = Double.doubleToRawLongBits(v);
      outcome = a.append(ref, t, v);
    }
    if (outcome == Outcome.STORED) {
      points.add(new Point(labels, t, value));
    }
  }

  private void commit(Appender a, List<Point> points) {
    int number = id++;
    disk.note(new Tried(number, points));
    try {
      a.commit();
      disk.note(new Acknowledged(number));
    } catch (IOException e) {
      failures++;
    }
  }

  /** Deletes some of the samples of a series. */
  private void delete(Maintenance maintenance) throws InterruptedException {
    Labels labels = series(IN_ORDER + random.nextInt(40));
    long from = now - random.nextInt(40) * STEP;
    int number = id++;
    disk.note(new Deleting(number, labels, from, now));
    try {
      List<LabelMatcher> matchers = new ArrayList<>();
      labels.forEach((name, value) -> matchers.add(LabelMatcher.equal(name, value)));
      maintenance.deleteSeries(from, now, matchers);
      disk.note(new Acknowledged(number));
    } catch (IOException e) {
      failures++;
    }
  }

  private static Histogram histogram(Labels labels, long t) {
    long n = (t - T) / 1000 + Math.floorMod(labels.hashCode(), 100);
    return new Histogram(
        CounterResetHint.UNKNOWN,
        1,
        0.001,
        n,
        4 * n,
        n * 0.5,
        new int[] {0, 2},
        new int[0],
        new long[] {n, n},
        new long[0],
        new double[0]);
  }

  private static long value(FloatHistogram h) {
    return Double.doubleToRawLongBits(h.sum()) * 31 + Double.doubleToRawLongBits(h.count());
  }

  /** All samples of a database, in the order in which it gives them. */
  static Map<Labels, List<Point>> content(Storage db) throws IOException {
    Map<Labels, List<Point>> out = new TreeMap<>();
    SampleBatch batch = new SampleBatch();
    SampleCursor cursor = null;
    try (Querier q = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          q.select(
              SelectHints.samples(Long.MIN_VALUE, Long.MAX_VALUE, true),
              List.of(new LabelMatcher(LabelMatcher.Type.NOT_EQUAL, "__name__", "")));
      while (set.next()) {
        Labels labels = set.current().labels();
        cursor = set.current().cursor(cursor);
        List<Point> points = out.computeIfAbsent(labels, l -> new ArrayList<>());
        while (cursor.next(batch)) {
          for (int i = 0; i < batch.size; i++) {
            FloatHistogram h = batch.histograms == null ? null : batch.histograms[i];
            long value = h == null ? Double.doubleToRawLongBits(batch.values[i]) : value(h);
            points.add(new Point(labels, batch.timestamps[i], value));
          }
        }
      }
    }
    return out;
  }
}
