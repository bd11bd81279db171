package io.narthex.storage.tsdb.internal;

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
import io.narthex.storage.tsdb.internal.Ledger.Point;
import io.narthex.storage.tsdb.internal.Ledger.Tried;
import io.narthex.storage.tsdb.internal.disk.FaultyDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Does what a server does, the same at every run, and notes what it tried and what succeeded. */
final class CrashWorkload {

  private static final long T = 1_700_000_000_000L;

  private final FaultyDisk disk;
  private final TsdbOptions options;
  private final Random random = new Random(42);
  private int id;
  private long now = T;
  private int failures;

  CrashWorkload(FaultyDisk disk, TsdbOptions options) {
    this.disk = disk;
    this.options = options;
  }

  /** Runs all of it; what fails is noted as not acknowledged. */
  void run() throws IOException {
    for (int round = 0; round < 3; round++) {
      TsdbDatabase db = open();
      if (db == null) {
        continue;
      }
      try {
        for (int i = 0; i < 25; i++) {
          commit(db, 1 + random.nextInt(60), 15_000);
        }
      } finally {
        close(db);
      }
    }
  }

  int failures() {
    return failures;
  }

  private @Nullable TsdbDatabase open() {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        return TsdbTestKit.open(options, disk);
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
  private void commit(TsdbDatabase db, int series, long step) {
    now += step;
    List<Point> points = new ArrayList<>();
    Appender a = db.appender();
    int first = random.nextInt(40);
    for (int n = first; n < first + series; n++) {
      Labels labels = series(n);
      long ref = a.series(labels);
      Outcome outcome;
      long value;
      if (n % 4 == 3) {
        Histogram h = histogram(labels, now);
        value = value(h.toFloat());
        outcome = n % 8 == 3 ? a.append(ref, now, h) : a.append(ref, now, h.toFloat());
      } else {
        double v = new Random(labels.hashCode() * 31L + now).nextDouble();
        value = Double.doubleToRawLongBits(v);
        outcome = a.append(ref, now, v);
      }
      if (outcome == Outcome.STORED) {
        points.add(new Point(labels, now, value));
        if (n % 16 == 0) {
          a.appendExemplar(ref, new Exemplar(Labels.of("trace", "t" + now), 1, now, true));
        }
      }
    }
    int number = id++;
    disk.note(new Tried(number, points));
    try {
      a.commit();
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
