package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.StorageAdmin;
import io.narthex.model.LabelMatcher;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.TsdbTestKit.Sample;
import io.narthex.storage.tsdb.internal.compact.CompactionMetrics;
import io.narthex.storage.tsdb.internal.compact.MemorySeries;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.retention.RetentionLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus sees in blocks of ours what we do, and does with them the same. */
@Timeout(300)
class MaintenancePeerTest {

  private static final long HOUR = 3_600_000;
  private static final long T = 18 * HOUR * 26_000;

  @TempDir Path dir;
  private Process prometheus;
  private String base = "";

  @AfterEach
  void kill() throws Exception {
    if (prometheus != null) {
      prometheus.destroyForcibly();
      prometheus.waitFor();
    }
  }

  private static String peer(String name) {
    String folder = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    Assumptions.assumeTrue(folder != null, "no peer programs");
    Path program = Path.of(Optional.ofNullable(folder).orElseThrow()).resolve(name);
    Assumptions.assumeTrue(Files.isExecutable(program), "no " + name);
    return program.toString();
  }

  private static TsdbOptions options(Path data) {
    return TsdbTestKit.options(data);
  }

  private static Maintenance maintain(TsdbDatabase db, Path data) {
    Maintenance out =
        new Maintenance(
            db, options(data), Disk.SYSTEM, CompactionMetrics.NONE, InstantSource.system());
    out.setLimits(new RetentionLimits(15 * 24 * HOUR, 0, 0));
    return out;
  }

  /** Thirty hours of floats and histograms in blocks and in the head. */
  private static void fill(TsdbDatabase db) throws IOException {
    for (int i = 0; i < 30 * 60; i++) {
      Appender a = db.appender();
      long t = T + i * 60_000L;
      for (int s = 0; s < 4; s++) {
        a.append(a.series(Labels.of("__name__", "m" + s, "job", "x")), t, (double) i * (s + 1) / 3);
      }
      if (i % 10 == 0) {
        a.append(
            a.series(Labels.of("__name__", "h", "job", "x")), t, MemorySeries.histogram(i % 700));
      }
      a.commit();
    }
  }

  private Path filled() throws Exception {
    Path data = dir.resolve("data");
    try (TsdbDatabase db = TsdbTestKit.open(options(data))) {
      fill(db);
      maintain(db, data).compact();
      assertThat(db.blocks().blocks()).hasSize(4);
    }
    return data;
  }

  private String run(String... command) throws Exception {
    Path out = dir.resolve("out");
    Process p =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    assertThat(p.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out);
    assertThat(p.exitValue()).as(text).isZero();
    return text;
  }

  @Test
  void promtoolListsAndAnalyzesOurBlocks() throws Exception {
    String promtool = peer("promtool");
    Path data = filled();
    String list = run(promtool, "tsdb", "list", data.toString());
    try (TsdbDatabase db = TsdbTestKit.open(options(data))) {
      List<StorageAdmin.Block> blocks = new DatabaseAdmin(maintain(db, data), db.blocks()).blocks();
      String[] lines = list.strip().split("\n");
      assertThat(lines).hasSize(blocks.size() + 1);
      for (int i = 0; i < blocks.size(); i++) {
        StorageAdmin.Block b = blocks.get(i);
        List<String> columns = new ArrayList<>(List.of(lines[i + 1].split("\\s+")));
        // The duration, in another form.
        columns.remove(3);
        assertThat(columns)
            .containsExactly(
                b.ulid(),
                Long.toString(b.minTime()),
                Long.toString(b.maxTime()),
                Long.toString(b.contents().samples()),
                Long.toString(b.contents().chunks()),
                Long.toString(b.contents().series()),
                Long.toString(b.bytes()));
      }
    }
    assertThat(run(promtool, "tsdb", "analyze", data.toString()))
        .contains("Total Series: 5", "Label names: 2", "Postings (unique label pairs): 6");
  }

  @Test
  void deletesCleansAndCopiesAlike() throws Exception {
    String program = peer("prometheus");
    Path data = filled();
    Path theirs = dir.resolve("theirs");
    run("cp", "-r", data.toString(), theirs.toString());
    start(program, theirs);
    try (TsdbDatabase db = TsdbTestKit.open(options(data))) {
      StorageAdmin admin = new DatabaseAdmin(maintain(db, data), db.blocks());
      assertThat(theirSamples()).isEqualTo(samples(db));
      long from = T + 5 * HOUR + 123;
      long to = T + 29 * HOUR + 1;
      admin.deleteSeries(from, to, List.of(LabelMatcher.equal("__name__", "m1")));
      admin.deleteSeries(T, T + 19 * HOUR, List.of(LabelMatcher.equal("__name__", "h")));
      post("delete_series?match[]=m1&start=" + from / 1000.0 + "&end=" + to / 1000.0);
      post("delete_series?match[]=h&start=" + T / 1000.0 + "&end=" + (T + 19 * HOUR) / 1000.0);
      Map<String, Integer> deleted = samples(db);
      assertThat(deleted.get("m1")).isLessThan(400);
      assertThat(theirSamples()).isEqualTo(deleted);
      String mine = admin.snapshot(true);
      String name = post("snapshot").replaceAll(".*\"name\":\"([^\"]*)\".*", "$1");
      String promtool = peer("promtool");
      // promtool wants a log, be it empty.
      Files.createDirectory(data.resolve("snapshots").resolve(mine).resolve("wal"));
      Files.createDirectory(theirs.resolve("snapshots").resolve(name).resolve("wal"));
      String mineDump =
          run(promtool, "tsdb", "dump", data.resolve("snapshots").resolve(mine).toString());
      assertThat(mineDump)
          .isEqualTo(
              run(promtool, "tsdb", "dump", theirs.resolve("snapshots").resolve(name).toString()));
      admin.cleanTombstones();
      post("clean_tombstones");
      assertThat(samples(db)).isEqualTo(deleted);
      assertThat(theirSamples()).isEqualTo(deleted);
      assertThat(metas(data)).isEqualTo(metas(theirs));
    }
  }

  /** What the meta files say, but for names. */
  private static List<String> metas(Path data) throws IOException {
    List<String> out = new ArrayList<>();
    try (var blocks = Files.newDirectoryStream(data, "01*")) {
      for (Path block : blocks) {
        out.add(
            Files.readString(block.resolve("meta.json"))
                .replaceAll("\"[0-9A-Z]{26}\"", "ULID")
                // Newer versions than the peer count samples by their kind.
                .replaceAll("\\s*\"num(Float|Histogram)Samples\": \\d+,", ""));
      }
    }
    out.sort(null);
    return out;
  }

  /** How many samples each metric has. */
  private static Map<String, Integer> samples(TsdbDatabase db) throws IOException {
    Map<String, Integer> out = new TreeMap<>();
    for (Map.Entry<Labels, List<Sample>> e : TsdbTestKit.all(db).entrySet()) {
      if (!e.getValue().isEmpty()) {
        out.put(Objects.requireNonNull(e.getKey().get("__name__")), e.getValue().size());
      }
    }
    return out;
  }

  private Map<String, Integer> theirSamples() throws Exception {
    Map<String, Integer> out = new TreeMap<>();
    for (String name : List.of("m0", "m1", "m2", "m3", "h")) {
      String one =
          get(
              "/api/v1/query?query="
                  + URLEncoder.encode("count_over_time(" + name + "[31h])", StandardCharsets.UTF_8)
                  + "&time="
                  + (T + 30 * HOUR) / 1000);
      Matcher m = Pattern.compile("\"value\":\\[[^,]*,\"(\\d+)\"\\]").matcher(one);
      if (m.find()) {
        out.put(name, Integer.parseInt(m.group(1)));
      }
    }
    return out;
  }

  private String get(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> r =
          client.send(
              HttpRequest.newBuilder(URI.create(base + path)).build(),
              HttpResponse.BodyHandlers.ofString());
      return r.body();
    }
  }

  private String post(String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> r =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(
                          base
                              + "/api/v1/admin/tsdb/"
                              + path.replace("[", "%5B").replace("]", "%5D")))
                  .POST(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(r.statusCode()).as(r.body()).isIn(200, 204);
      return r.body();
    }
  }

  private void start(String program, Path data) throws Exception {
    Path config = Files.writeString(dir.resolve("prometheus.yml"), "global: {}\n");
    Path logFile = dir.resolve("prometheus.log");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    base = "http://127.0.0.1:" + port;
    prometheus =
        new ProcessBuilder(
                program,
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.enable-admin-api",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .directory(dir.toFile())
            .redirectOutput(logFile.toFile())
            .start();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!Files.readString(logFile).contains("Server is ready to receive web requests")) {
      assertThat(System.nanoTime()).as(Files.readString(logFile)).isLessThan(deadline);
      assertThat(prometheus.waitFor(100, TimeUnit.MILLISECONDS))
          .as(Files.readString(logFile))
          .isFalse();
    }
  }
}
