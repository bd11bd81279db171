package io.narthex.storage.tsdb.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Outcome;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Prometheus reads our out-of-order samples, and we read its. */
class OutOfOrderPeerTest {

  private static final long T = 1_700_000_000_000L;
  private static final long HOUR = 3_600_000;

  @TempDir Path dir;

  private Map<String, List<String>> dump(Path data) throws Exception {
    return PeerTest.dump(data, dir.resolve("promtool.err"));
  }

  @Test
  void readsOurs() throws Exception {
    Assumptions.assumeTrue(!PeerTest.peer("promtool").isEmpty());
    Path data = dir.resolve("data");
    Random random = new Random(3);
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      db.setOutOfOrderWindow(HOUR * 20);
      for (int c = 0; c < 300; c++) {
        Appender a = db.appender();
        for (int s = 0; s < 6; s++) {
          long series = a.series(Labels.of("__name__", "m" + s));
          long t = T + c * 15_000L - (c % 3 == 0 ? 0 : random.nextLong(10 * HOUR));
          if (s == 5) {
            assertThat(a.append(series, t, histogram(c + 1))).isEqualTo(Outcome.STORED);
          } else {
            assertThat(a.append(series, t, c + s / 10.0)).isEqualTo(Outcome.STORED);
          }
        }
        a.commit();
      }
      Map<String, List<String>> killed = dump(PeerTest.copy(data, dir.resolve("killed")));
      PeerTest.assertSame(killed, PeerTest.ours(db));
      assertThat(killed).hasSize(6);
      assertThat(killed.get("{__name__=\"m0\"}")).hasSize(300);
    }
    Map<String, List<String>> stopped = dump(PeerTest.copy(data, dir.resolve("stopped")));
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      PeerTest.assertSame(stopped, PeerTest.ours(db));
    }
  }

  private static Histogram histogram(long n) {
    return new Histogram(
        CounterResetHint.UNKNOWN,
        0,
        0.001,
        0,
        3 * n,
        n,
        new int[] {0, 2},
        new int[0],
        new long[] {n, n},
        new long[0],
        new double[0]);
  }

  @Test
  void weReadItsAfterAStopAndAKill() throws Exception {
    Path data = dir.resolve("theirs");
    Path config = dir.resolve("prometheus.yml");
    int port = PeerTest.freePort();
    Files.writeString(config, "storage: {tsdb: {out_of_order_time_window: 20h}}\n");
    Process p =
        new ProcessBuilder(
                PeerTest.peer("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + data,
                "--web.listen-address=127.0.0.1:" + port,
                "--web.enable-remote-write-receiver")
            .redirectErrorStream(true)
            .directory(dir.toFile())
            .redirectOutput(dir.resolve("prometheus.log").toFile())
            .start();
    try {
      awaitReady(p, port);
      Random random = new Random(4);
      StringBuilder text = new StringBuilder("# TYPE a gauge\n");
      long last = T;
      push(port, "# TYPE a gauge\na 0 " + last + "\n");
      for (int i = 0; i < 80; i++) {
        text.setLength(0);
        text.append("# TYPE a gauge\na ")
            .append(i)
            .append(' ')
            .append(last - 1 - random.nextLong(10 * HOUR))
            .append('\n');
        push(port, text.toString());
      }
      Path killed = PeerTest.copy(data, dir.resolve("killed"));
      compare(killed);
    } finally {
      p.destroy();
      assertThat(p.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
    compare(PeerTest.copy(data, dir.resolve("stopped")));
  }

  private void compare(Path data) throws Exception {
    Files.deleteIfExists(data.resolve("lock"));
    Map<String, List<String>> theirs = dump(data);
    assertThat(theirs.values()).anySatisfy(samples -> assertThat(samples).hasSize(81));
    try (TsdbDatabase db = TsdbTestKit.open(data)) {
      PeerTest.assertSame(theirs, PeerTest.ours(db));
    }
  }

  private void push(int port, String text) throws IOException, InterruptedException {
    Path file = Files.writeString(dir.resolve("push.txt"), text);
    Path out = dir.resolve("push.log");
    Process push =
        new ProcessBuilder(
                PeerTest.peer("promtool"),
                "push",
                "metrics",
                "http://127.0.0.1:" + port + "/api/v1/write",
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(push.waitFor()).as(Files.readString(out)).isZero();
  }

  private static void awaitReady(Process p, int port) throws Exception {
    long deadline = System.nanoTime() + 60_000_000_000L;
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready")).build();
      while (true) {
        assertThat(p.isAlive()).isTrue();
        assertThat(System.nanoTime()).isLessThan(deadline);
        try {
          if (client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
            return;
          }
        } catch (java.net.ConnectException e) {
          // Not listening yet: looked at again below.
        }
        boolean ended = p.waitFor(100, TimeUnit.MILLISECONDS);
        assertThat(ended).isFalse();
      }
    }
  }
}
