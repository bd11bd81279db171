package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Measures the database: {@code StorageLoad DIR SERIES SAMPLES [truncate]}. Series look like those
 * of pods, 50 each, with 8 labels and more; half of the values are counters. Prints processor time
 * a sample, resident memory a series, and the times of replaying and reading.
 */
final class StorageLoad {

  private static final long START = 1_700_000_000_000L;
  private static final PrintStream OUT = System.out;

  private StorageLoad() {}

  public static void main(String[] args) throws IOException {
    Path dir = Path.of(args[0]);
    int series = Integer.parseInt(args[1]);
    int samples = Integer.parseInt(args[2]);
    long idle = rss();
    try (TsdbDatabase db = TsdbTestKit.open(dir)) {
      print("replay of %d series: %.2f s", db.head().seriesCount(), db.replaySeconds());
      if (db.head().seriesCount() == 0) {
        write(db, series, samples);
      }
      long used = rss();
      print(
          "RSS %d MB, before %d MB: %d bytes a series; off-heap and tables %d bytes a series",
          used >> 20, idle >> 20, used / series, db.head().allocated() / series);
      read(db, 1);
      read(db, 2);
      print("after reading: RSS %d MB", rss() >> 20);
      if (args.length > 3) {
        truncate(db, samples, series);
      }
      print("GC %s", gc());
    }
  }

  private static void write(TsdbDatabase db, int series, int samples) throws IOException {
    long[] refs = new long[series];
    long cpu = cpu();
    long wall = System.nanoTime();
    for (int pod = 0; pod < series / 50; pod++) {
      Appender a = db.appender();
      for (int k = 0; k < 50; k++) {
        refs[pod * 50 + k] = a.series(labels(pod, k));
        a.append(refs[pod * 50 + k], START, value(pod * 50 + k, 0));
      }
      a.commit();
    }
    print(
        "new series: %.0f ns CPU, %.0f ns wall each",
        (cpu() - cpu) / (double) series, (System.nanoTime() - wall) / (double) series);
    for (int round = 0; round < 2; round++) {
      int from = round == 0 ? 1 : samples / 2;
      int to = round == 0 ? samples / 2 : samples;
      cpu = cpu();
      wall = System.nanoTime();
      for (int n = from; n < to; n++) {
        for (int first = 0; first < series; first += 2000) {
          Appender a = db.appender();
          for (int s = first; s < Math.min(series, first + 2000); s++) {
            a.append(refs[s], START + n * 15_000L + first % 1000, value(s, n));
          }
          a.commit();
        }
      }
      double count = (double) (to - from) * series;
      print(
          "append: %.0f ns CPU, %.0f ns wall a sample",
          (cpu() - cpu) / count, (System.nanoTime() - wall) / count);
    }
  }

  /** Drops all but a few samples while one thread goes on appending; prints its longest commit. */
  private static void truncate(TsdbDatabase db, int samples, int series) throws IOException {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong longest = new AtomicLong();
    AtomicLong commits = new AtomicLong();
    Thread appending =
        Thread.ofPlatform()
            .start(() -> {
              long t = START + samples * 15_000L + 10_000_000;
              try {
                while (!ended.get()) {
                  long from = System.nanoTime();
                  Appender a = db.appender();
                  for (int k = 0; k < 50; k++) {
                    a.append(a.series(labels((int) (commits.get() % (series / 100)), k)), t, k);
                  }
                  a.commit();
                  t += 1000;
                  commits.incrementAndGet();
                  longest.accumulateAndGet(System.nanoTime() - from, Math::max);
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try {
      while (commits.get() < 1000) {
        Thread.onSpinWait();
      }
      print("longest of 1000 commits before: %.1f ms", longest.getAndSet(0) / 1e6);
      long before = commits.get();
      long start = System.nanoTime();
      db.truncateHead(START + samples * 15_000L + 5_000_000);
      print(
          "truncation: %.3f s, %d series left; %d commits of 50 samples meanwhile, longest %.1f ms",
          (System.nanoTime() - start) / 1e9,
          db.head().seriesCount(),
          commits.get() - before,
          longest.get() / 1e6);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.set(true);
    }
    try {
      appending.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Labels labels(int pod, int k) {
    return Labels.of(
        "__name__", "container_metric_number_" + k + "_total",
        "cluster", "production-eu-west-1",
        "container", "main",
        "instance", "10.0." + pod / 250 % 250 + "." + pod % 250 + ":9100",
        "job", "kubernetes-pods-" + pod % 40,
        "le", k >= 30 && k < 42 ? "0." + k : "",
        "namespace", "team-" + pod % 100,
        "node", "node-" + pod / 30,
        "pod", "service-" + pod % 300 + "-7d9c5b" + Integer.toHexString(pod * 7919));
  }

  private static double value(int s, int n) {
    return switch (s % 10) {
      case 0, 1, 2, 3, 4 -> 1000.0 * s + n * (s % 97 + 1);
      case 5, 6 -> 17;
      case 7 -> Math.sin(s + n * 0.1);
      default -> (s * 31 + n * 7) % 100;
    };
  }

  private static void read(TsdbDatabase db, int round) throws IOException {
    long wall = System.nanoTime();
    long sum = 0;
    long count = 0;
    try (Querier q = db.querier(0, Long.MAX_VALUE)) {
      SeriesSet set =
          q.select(
              SelectHints.samples(0, Long.MAX_VALUE, false),
              List.of(LabelMatcher.equal("cluster", "production-eu-west-1")));
      long selected = System.nanoTime();
      SampleBatch batch = new SampleBatch();
      SampleCursor cursor = null;
      while (set.next()) {
        cursor = set.current().cursor(cursor);
        while (cursor.next(batch)) {
          count += batch.size;
          sum += batch.timestamps[0];
        }
      }
      print(
          "read %d: %d series, %d samples in %.3f s, of which selecting %.3f (%d)",
          round,
          set.sizeHint(),
          count,
          (System.nanoTime() - wall) / 1e9,
          (selected - wall) / 1e9,
          sum & 1);
    }
  }

  private static long cpu() {
    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static String gc() {
    StringBuilder out = new StringBuilder();
    ManagementFactory.getGarbageCollectorMXBeans()
        .forEach(b ->
            out.append(b.getName())
                .append(' ')
                .append(b.getCollectionCount())
                .append(" in ")
                .append(b.getCollectionTime())
                .append(" ms; "));
    return out.toString();
  }

  private static long rss() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.substring(6).replace("kB", "").trim()) * 1024;
      }
    }
    return 0;
  }

  private static void print(String format, Object... values) {
    OUT.println(String.format(Locale.ROOT, format, values));
  }
}
