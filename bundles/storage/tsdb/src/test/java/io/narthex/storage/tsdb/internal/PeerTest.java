package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.model.Labels;
import io.narthex.model.StaleMarker;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

  private static String peer(String name) {
    String folder = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    Assumptions.assumeTrue(folder != null, "no peer programs");
    Path program = Path.of(Optional.ofNullable(folder).orElseThrow()).resolve(name);
    Assumptions.assumeTrue(Files.isExecutable(program), "no " + name);
    return program.toString();
  }

  /** All samples as promtool sees them: labels as text, then time and the value's bits. */
  private Map<String, List<Sample>> dump(Path data) throws IOException, InterruptedException {
    Path errors = dir.resolve("promtool.err");
    Process p =
        new ProcessBuilder(peer("promtool"), "tsdb", "dump", data.toString())
            .redirectError(errors.toFile())
            .start();
    Map<String, List<Sample>> out = new TreeMap<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int time = line.lastIndexOf(' ');
        int value = line.lastIndexOf(' ', time - 1);
        out.computeIfAbsent(line.substring(0, value), k -> new ArrayList<>())
            .add(
                Sample.of(
                    Long.parseLong(line.substring(time + 1)),
                    parse(line.substring(value + 1, time))));
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
  private static Map<String, List<Sample>> ours(TsdbDatabase db) throws IOException {
    Map<String, List<Sample>> out = new TreeMap<>();
    TsdbTestKit.all(db)
        .forEach((labels, samples) ->
            out.put(
                labels.toString(),
                samples.stream()
                    .map(s -> Sample.of(s.t(), canonical(Double.longBitsToDouble(s.bits()))))
                    .toList()));
    return out;
  }

  private static double canonical(double v) {
    return Double.isNaN(v) ? Double.NaN : v;
  }

  private static TsdbOptions options(Path data, WalCompression compression) {
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
      assertThat(dump(killed)).isEqualTo(ours(db));
    }
    Map<String, List<Sample>> expected;
    try (TsdbDatabase db = TsdbTestKit.open(options(data, compression))) {
      expected = ours(db);
    }
    assertThat(dump(data)).isEqualTo(expected).hasSize(30);
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

  private static Path copy(Path from, Path to) throws IOException {
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
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 1s
        scrape_configs:
          - job_name: gone
            static_configs: [{targets: ['127.0.0.1:1', '127.0.0.1:2', '127.0.0.1:3']}]
        """);
    Process p =
        new ProcessBuilder(
                peer("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:0",
                "--enable-feature=metadata-wal-records,exemplar-storage")
            .redirectErrorStream(true)
            .directory(dir.toFile())
            .redirectOutput(logFile.toFile())
            .start();
    try {
      awaitLog(data.resolve("wal/00000000"), p, 8_000);
    } finally {
      p.destroyForcibly();
      p.waitFor();
    }
    Map<String, List<Sample>> theirs = dump(data);
    assertThat(theirs).isNotEmpty();
    try (TsdbDatabase db = TsdbTestKit.open(options(data, WalCompression.SNAPPY))) {
      assertThat(ours(db)).isEqualTo(theirs);
      // What we add to its log it finds there too.
      long newest = db.head().maxTime();
      TsdbTestKit.append(db, Labels.of("__name__", "added"), newest + 1, 42);
      for (Labels known : TsdbTestKit.all(db).keySet()) {
        if (!known.metricName().equals("added")) {
          TsdbTestKit.append(db, known, newest + 2, 43);
        }
      }
      assertThat(dump(copy(data, dir.resolve("both")))).isEqualTo(ours(db));
    }
  }

  /** Waits until the log has grown to a size, by the file system's own telling. */
  private static void awaitLog(Path file, Process p, long size) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(file) || Files.size(file) < size) {
      assertThat(p.isAlive()).isTrue();
      assertThat(System.nanoTime()).isLessThan(deadline);
      boolean ended = p.waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS);
      assertThat(ended).isFalse();
    }
  }
}
