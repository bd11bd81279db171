package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real Prometheus reads what we write, and we read what it writes. */
class PeerTest {

  private static final long T = 1_700_000_000_000L;
  private static final long STALE = StaleMarker.BITS;

  @TempDir Path dir;

  static String peer(String name) {
    String folder = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    Assumptions.assumeTrue(folder != null, "no peer programs");
    Path program = Path.of(Optional.ofNullable(folder).orElseThrow()).resolve(name);
    Assumptions.assumeTrue(Files.isExecutable(program), "no " + name);
    return program.toString();
  }

  /** All samples as promtool sees them: labels as text, then time and the value's bits. */
  private Map<String, List<String>> dump(Path data) throws IOException, InterruptedException {
    return dump(data, dir.resolve("promtool.err"));
  }

  static Map<String, List<String>> dump(Path data, Path errors)
      throws IOException, InterruptedException {
    Process p =
        new ProcessBuilder(peer("promtool"), "tsdb", "dump", data.toString())
            .redirectError(errors.toFile())
            .start();
    Map<String, List<String>> out = new TreeMap<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int time = line.lastIndexOf(' ');
        int histogram = line.lastIndexOf(" {count:");
        int value = histogram >= 0 ? histogram : line.lastIndexOf(' ', time - 1);
        String text = line.substring(value + 1, time);
        out.computeIfAbsent(line.substring(0, value), k -> new ArrayList<>())
            .add(
                histogram >= 0
                    ? text.replaceFirst("(\\{count:[^,]*, sum:[^,}]*).*", "$1")
                        + line.substring(time)
                    : Sample.of(Long.parseLong(line.substring(time + 1)), parse(text)).toString());
      }
    }
    assertThat(p.waitFor()).as(Files.readString(errors)).isZero();
    return out;
  }

  private static double parse(String s) {
    return switch (s) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(s);
    };
  }

  /** Ours in the same form; all NaNs are alike in promtool's text. */
  static Map<String, List<String>> ours(TsdbDatabase db) throws IOException {
    Map<String, List<String>> out = new TreeMap<>();
    SampleBatch batch = new SampleBatch();
    try (Querier q = db.querier(Long.MIN_VALUE, Long.MAX_VALUE)) {
      SeriesSet set =
          q.select(SelectHints.samples(Long.MIN_VALUE, Long.MAX_VALUE, true), List.of());
      while (set.next()) {
        List<String> samples = new ArrayList<>();
        SampleCursor cursor = set.current().cursor(null);
        while (cursor.next(batch)) {
          for (int i = 0; i < batch.size; i++) {
            samples.add(text(batch, i));
          }
        }
        out.put(set.current().labels().toString(), samples);
      }
    }
    return out;
  }

  private static String text(SampleBatch batch, int i) {
    FloatHistogram h = batch.histograms == null ? null : batch.histograms[i];
    return h == null
        ? Sample.of(batch.timestamps[i], canonical(batch.values[i])).toString()
        : "{count:"
            + GoFloat.g(h.count())
            + ", sum:"
            + GoFloat.g(h.sum())
            + " "
            + batch.timestamps[i];
  }

  static void assertSame(Map<String, List<String>> theirs, Map<String, List<String>> ours) {
    assertThat(ours.keySet()).isEqualTo(theirs.keySet());
    theirs.forEach((labels, samples) -> {
      List<String> rest = new ArrayList<>(ours.get(labels));
      // promtool leaves out the first two histograms of a series, of its own data, too.
      for (int i = 0; i < 2 && rest.size() > samples.size(); i++) {
        int first = 0;
        while (!rest.get(first).startsWith("{count:")) {
          first++;
        }
        rest.remove(first);
      }
      assertThat(rest).as(labels).isEqualTo(samples);
    });
  }

  private static double canonical(double v) {
    return Double.isNaN(v) ? Double.NaN : v;
  }

  static TsdbOptions options(Path data, WalCompression compression) {
    TsdbOptions o = TsdbTestKit.options(data);
    return new TsdbOptions(
        data, 10 * 1024 * 1024, compression, o.lockFile(), o.chunkRange(), 120, true, 100);
  }

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void readsWhatWeWrite(WalCompression compression) throws Exception {
    Assumptions.assumeTrue(!peer("promtool").isEmpty());
    Path data = dir.resolve("data");
    Random random = new Random(5);
    try (TsdbDatabase db = TsdbTestKit.open(options(data, compression))) {
      for (int c = 0; c < 400; c++) {
        Appender a = db.appender();
        for (int s = 0; s < 30; s++) {
          Labels labels =
              Labels.of(
                  "__name__", "metric_" + s % 7, "instance", "host é \"" + s + "\"", "n", "" + s);
          long ref = a.series(labels);
          a.append(ref, T + c * 15_000L + random.nextInt(s + 1), value(random, s, c));
          if (c == 3) {
            a.updateMetadata(
                ref,
                new io.narthex.model.MetricMetadata(
                    io.narthex.model.MetricType.GAUGE, "s", "help " + s));
            a.appendExemplar(
                ref, new io.narthex.model.Exemplar(Labels.of("trace", "t" + s), s, T, true));
          }
        }
        a.commit();
      }
      // As after kill -9: the log without an orderly end.
      Path killed = copy(data, dir.resolve("killed"));
      assertSame(dump(killed), ours(db));
    }
    Map<String, List<String>> expected;
    try (TsdbDatabase db = TsdbTestKit.open(options(data, compression))) {
      expected = ours(db);
    }
    assertSame(dump(data), expected);
    assertThat(expected).hasSize(30);
  }

  @Test
  void readsOurHistograms() throws Exception {
    Assumptions.assumeTrue(!peer("promtool").isEmpty());
    Path data = dir.resolve("data");
    int[] spans = {0, 2, 1, 1};
    try (TsdbDatabase db = TsdbTestKit.open(options(data, WalCompression.SNAPPY))) {
      for (int i = 1; i < 30; i++) {
        Appender a = db.appender();
        long n = i;
        Histogram h =
            new Histogram(
                CounterResetHint.UNKNOWN,
                0,
                0.001,
                n,
                6 * n,
                2.5 * n,
                spans,
                new int[0],
                new long[] {n, n, -n + n},
                new long[0],
                new double[0]);
        a.append(a.series(Labels.of("__name__", "int")), T + i, h);
        a.append(a.series(Labels.of("__name__", "float")), T + i, h.toFloat());
        Histogram custom =
            new Histogram(
                CounterResetHint.GAUGE,
                Histogram.CUSTOM_BUCKETS,
                0,
                0,
                2 * n,
                n,
                new int[] {0, 2},
                new int[0],
                new long[] {n, 0},
                new long[0],
                new double[] {0.5, 1.25});
        a.append(a.series(Labels.of("__name__", "custom")), T + i, custom);
        a.commit();
      }
      Map<String, List<String>> theirs = dump(copy(data, dir.resolve("killed")));
      assertSame(theirs, ours(db));
      assertThat(theirs).hasSize(3);
      assertThat(ours(db).get("{__name__=\"int\"}"))
          .hasSize(29)
          .contains("{count:6, sum:2.5 " + (T + 1));
    }
  }

  @Test
  void readsOurCheckpoints() throws Exception {
    Assumptions.assumeTrue(!peer("promtool").isEmpty());
    Path data = dir.resolve("data");
    TsdbOptions o = TsdbTestKit.options(data);
    TsdbOptions small =
        new TsdbOptions(
            data, 64 * 1024, WalCompression.SNAPPY, true, o.chunkRange(), 120, true, 100);
    try (TsdbDatabase db = TsdbTestKit.open(small)) {
      for (int c = 0; c < 400; c++) {
        Appender a = db.appender();
        for (int s = 0; s < 100; s++) {
          // Half of the series end, and others begin.
          Labels labels =
              s < 50 ? Labels.of("s", "" + s) : Labels.of("s", "" + s, "hour", "" + c / 60);
          a.append(a.series(labels), T + c * 60_000L, Math.sin(s * 400 + c));
        }
        a.commit();
      }
      db.truncateHead(T + 300 * 60_000L);
      assertThat(db.walTruncation().checkpointsCreated.sum()).isEqualTo(1);
      Appender a = db.appender();
      a.append(a.series(Labels.of("s", "late")), T + 400 * 60_000L, 1);
      a.commit();
    }
    Map<String, List<String>> ours;
    try (TsdbDatabase db = TsdbTestKit.open(small)) {
      ours = ours(db);
      assertThat(db.unknownReferences()).isZero();
    }
    assertThat(ours).containsKey("{s=\"late\"}");
    assertSame(dump(data), ours);
  }

  private static double value(Random random, int s, int c) {
    return switch (s % 6) {
      case 0 -> c;
      case 1 -> Math.floor(c * 1000.0 + random.nextInt(500));
      case 2 -> random.nextGaussian();
      case 3 -> c % 50 == 0 ? Double.longBitsToDouble(STALE) : 1;
      case 4 -> c % 2 == 0 ? Double.POSITIVE_INFINITY : -0.0;
      default -> Double.longBitsToDouble((random.nextLong() & ~(0x7FFL << 52)) | (0x3FFL << 52));
    };
  }

  static Path copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path d, BasicFileAttributes a)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(d).toString()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path f, BasicFileAttributes a) throws IOException {
            Files.copy(f, to.resolve(from.relativize(f).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
    return to;
  }

  @Test
  void weReadWhatItWrites() throws Exception {
    Path data = dir.resolve("data");
    Path config = dir.resolve("prometheus.yml");
    Path logFile = dir.resolve("prometheus.log");
    int port = freePort();
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: gone
            static_configs: [{targets: ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3']}]
          - job_name: itself
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
            .formatted(port));
    Process p =
        new ProcessBuilder(
                peer("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=metadata-wal-records,exemplar-storage,native-histograms")
            .redirectErrorStream(true)
            .directory(dir.toFile())
            .redirectOutput(logFile.toFile())
            .start();
    try {
      awaitLog(data.resolve("wal/00000000"), p, 100_000);
      assertThatThrownBy(() -> TsdbTestKit.open(data))
          .hasMessage("lock DB directory: resource temporarily unavailable");
    } finally {
      p.destroyForcibly();
      p.waitFor();
    }
    Map<String, List<String>> theirs = dump(data);
    assertThat(theirs.values()).anySatisfy(s -> assertThat(s.getFirst()).startsWith("{count:"));
    try (TsdbDatabase db = TsdbTestKit.open(options(data, WalCompression.SNAPPY))) {
      assertSame(theirs, ours(db));
      // What we add to its log it finds there too.
      long newest = db.head().maxTime();
      TsdbTestKit.append(db, Labels.of("__name__", "added"), newest + 1, 42);
      for (Labels known : TsdbTestKit.all(db).keySet()) {
        String first = theirs.getOrDefault(known.toString(), List.of("{count:")).getFirst();
        if (!first.startsWith("{count:")) {
          TsdbTestKit.append(db, known, newest + 2, 43);
        }
      }
      assertSame(dump(copy(data, dir.resolve("both"))), ours(db));
    }
  }

  @Test
  void isKeptOutByOurLock() throws Exception {
    Path data = dir.resolve("data");
    Path config = Files.writeString(dir.resolve("prometheus.yml"), "global: {}");
    Path logFile = dir.resolve("prometheus.log");
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      assertThat(db.awaitLock()).isTrue();
      Process p =
          new ProcessBuilder(
                  peer("prometheus"),
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + data,
                  "--web.listen-address=127.0.0.1:0")
              .redirectErrorStream(true)
              .directory(dir.toFile())
              .redirectOutput(logFile.toFile())
              .start();
      try {
        assertThat(p.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        assertThat(p.exitValue()).isEqualTo(1);
        assertThat(Files.readString(logFile)).contains("lock DB directory");
      } finally {
        p.destroyForcibly();
        p.waitFor();
      }
    }
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Waits until the log has grown to a size, by the file system's own telling. */
  static void awaitLog(Path file, Process p, long size) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(file) || Files.size(file) < size) {
      assertThat(p.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      boolean ended = p.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
    }
  }
}
