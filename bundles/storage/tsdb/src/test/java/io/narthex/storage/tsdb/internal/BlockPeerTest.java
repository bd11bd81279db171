package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.block.BlockTestKit;
import io.narthex.storage.tsdb.internal.block.ListedSeries.Chunk;
import io.narthex.storage.tsdb.internal.block.Ulid;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus reads our blocks, and we read its blocks. */
class BlockPeerTest {

  private static final long T = BlockTestKit.T;
  private static final Ulid OTHER =
      Objects.requireNonNull(Ulid.parse("01HF5ZZZZZ0123456789ABCDEF"));

  @TempDir Path dir;

  private String run(String... command) throws IOException, InterruptedException {
    Path output = dir.resolve("output");
    Process p =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(p.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      p.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(p.exitValue()).as(text).isZero();
    return text;
  }

  private static Histogram histogram(long n) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        1,
        0.001,
        n,
        6 * n,
        2.5 * n,
        new int[] {0, 2, 1, 1},
        new int[0],
        new long[] {n, n, 0},
        new long[0],
        new double[0]);
  }

  private static List<Chunk> histograms(boolean floats) {
    Histogram first = histogram(1);
    HistogramChunk chunk =
        floats
            ? HistogramChunk.of(first.toFloat(), HistogramChunk.Reset.UNKNOWN)
            : HistogramChunk.of(first, HistogramChunk.Reset.UNKNOWN);
    for (int i = 1; i <= 50; i++) {
      if (floats) {
        FloatHistogram h = histogram(i).toFloat();
        chunk.add(T + i * 15_000L, h);
      } else {
        chunk.add(T + i * 15_000L, histogram(i));
      }
    }
    byte[] data = Arrays.copyOf(chunk.array(), chunk.length());
    return List.of(new Chunk(T + 15_000, T + 750_000, chunk.encoding(), data));
  }

  @Test
  void promtoolReadsOurBlocks() throws Exception {
    String promtool = PeerTest.peer("promtool");
    Path data = Files.createDirectory(dir.resolve("data"));
    Map<Labels, List<Chunk>> series = BlockTestKit.example(300, 400);
    series.put(Labels.of("__name__", "ints"), histograms(false));
    series.put(Labels.of("__name__", "floats"), histograms(true));
    Path block = BlockTestKit.write(data, BlockTestKit.ULID, series);
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      db.blocks()
          .blocks()
          .getFirst()
          .delete(T + 100_000, T + 1_000_000, List.of(LabelMatcher.equal("n", "7")));
      PeerTest.assertSame(PeerTest.dump(data, dir.resolve("promtool.err")), PeerTest.ours(db));
    }
    assertThat(run(promtool, "tsdb", "list", data.toString()))
        .contains(BlockTestKit.ULID.toString())
        .contains("120100")
        .contains("1202")
        .contains("302");
    assertThat(run(promtool, "tsdb", "analyze", data.toString(), block.getFileName().toString()))
        .contains("Total Series: 302")
        .contains("Label names: 5");
  }

  @Test
  void weReadBlocksThatPromtoolWrites() throws Exception {
    String promtool = PeerTest.peer("promtool");
    Path data = dir.resolve("data");
    importSamples(promtool, data, 0, 200);
    importSamples(promtool, data, 100, 300);
    Files.createDirectories(data.resolve("wal"));
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      assertThat(db.blocks().blocks()).hasSizeGreaterThan(2);
      Map<String, List<String>> ours = PeerTest.ours(db);
      assertThat(ours).hasSize(20);
      assertThat(ours.values()).allSatisfy(s -> assertThat(s).hasSize(300));
      PeerTest.assertSame(PeerTest.dump(data, dir.resolve("promtool.err")), ours);
    }
  }

  /** Blocks of samples a minute apart from one number to another. */
  private void importSamples(String promtool, Path data, int from, int to) throws Exception {
    StringBuilder text = new StringBuilder("# TYPE imported gauge\n");
    for (int s = 0; s < 20; s++) {
      for (int i = from; i < to; i++) {
        text.append("imported{s=\"").append(s).append("\",job=\"é \\\"").append(s % 3);
        text.append("\"} ").append(s * i * 0.1).append(' ').append(T / 1000 + 60L * i).append('\n');
      }
    }
    Path file = dir.resolve("openmetrics.txt");
    Files.writeString(file, text.append("# EOF\n"));
    run(promtool, "tsdb", "create-blocks-from", "openmetrics", file.toString(), data.toString());
  }

  /** A server that is run until it is closed. */
  private final class Server implements AutoCloseable {
    private final int port = PeerTest.freePort();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;

    Server(Path data) throws Exception {
      Path config = Files.writeString(dir.resolve("prometheus.yml"), "global: {}");
      process =
          new ProcessBuilder(
                  PeerTest.peer("prometheus"),
                  "--config.file=" + config,
                  "--storage.tsdb.path=" + data,
                  "--storage.tsdb.retention.time=100y",
                  "--web.enable-admin-api",
                  "--web.listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .directory(dir.toFile())
              .redirectOutput(dir.resolve("prometheus.log").toFile())
              .start();
      try {
        awaitReady();
      } catch (Throwable e) {
        process.destroyForcibly();
        throw e;
      }
    }

    private void awaitReady() throws Exception {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      while (!isReady()) {
        assertThat(process.isAlive()).as("the server").isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        assertThat(process.waitFor(100, TimeUnit.MILLISECONDS)).isFalse();
      }
    }

    private boolean isReady() throws Exception {
      try {
        return get("/-/ready").statusCode() == 200;
      } catch (ConnectException e) {
        return false;
      }
    }

    HttpResponse<String> get(String path) throws Exception {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws Exception {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws Exception {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
      client.close();
    }
  }

  private static String encode(String s) {
    return URLEncoder.encode(s, StandardCharsets.UTF_8);
  }

  /** Prometheus deletes in our block, and we see what it deleted; it answers as we do. */
  @Test
  void prometheusServesAndDeletes() throws Exception {
    Path data = Files.createDirectory(dir.resolve("data"));
    BlockTestKit.write(data, BlockTestKit.ULID, BlockTestKit.example(50, 300));
    BlockTestKit.write(data, OTHER, BlockTestKit.example(60, 100));
    try (Server server = new Server(data)) {
      String matcher = encode("{n=\"12\"}");
      HttpResponse<String> deleted =
          server.post(
              "/api/v1/admin/tsdb/delete_series?match%5B%5D="
                  + matcher
                  + "&start="
                  + (T / 1000 + 100)
                  + "&end="
                  + (T / 1000 + 1000));
      assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(204);
      String query = encode("count(last_over_time({__name__=~\"metric_.*\"}[5m]))");
      assertThat(server.get("/api/v1/query?query=" + query + "&time=" + (T / 1000 + 600)).body())
          .contains(",\"59\"]");
      assertThat(server.get("/api/v1/label/n/values?limit=3").body())
          .contains("\"0\",\"1\",\"10\"");
    }
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      Map<String, List<String>> ours = PeerTest.ours(db);
      assertThat(ours).hasSize(60);
      // Whether as tombstones or, if it has compacted the blocks meanwhile, as samples less.
      assertThat(samples(db, "12")).isEmpty();
      assertThat(samples(db, "13")).hasSizeGreaterThan(50);
      PeerTest.assertSame(PeerTest.dump(data, dir.resolve("promtool.err")), ours);
    }
  }

  /** Of the range that was deleted. */
  private static List<TsdbTestKit.Sample> samples(TsdbDatabase db, String n) throws IOException {
    return TsdbTestKit.select(db, T + 100_000, T + 1_000_000, LabelMatcher.equal("n", n))
        .values()
        .stream()
        .flatMap(List::stream)
        .toList();
  }
}
