package io.narthex.itest.distribution;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Locale;

/**
 * A target whose samples carry their time, so that two servers that scrape it at different moments
 * store the same samples: values are a function of the second they are stamped with. Each scrape
 * brings the last few seconds, so that a scrape that comes late or fails leaves no gap.
 */
final class SyntheticTarget implements AutoCloseable {
  private static final int INSTANCES = 12;
  private static final int SECONDS = 15;

  private final InstantSource clock = InstantSource.system();
  private final HttpServer server;

  SyntheticTarget() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = body(clock.millis() / 1000).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** All series as they stood in the seconds up to the given one. */
  static String body(long second) {
    StringBuilder out = new StringBuilder();
    out.append("# TYPE requests_total counter\n# TYPE depth gauge\n# TYPE latency histogram\n");
    for (long s = second - SECONDS + 1; s <= second; s++) {
      for (int i = 0; i < INSTANCES; i++) {
        instance(out, i, s);
      }
      line(out, "info", "version=\"1.2\",zone=\"0\"", 1, s);
    }
    return out.toString();
  }

  private static void instance(StringBuilder out, int i, long second) {
    String labels = "shard=\"" + i + "\",zone=\"" + (i % 3) + "\"";
    // Starts again from 0 every 40 to 51 seconds, each shard at another time.
    long count = (second + 7L * i) % (40 + i) * (i + 1);
    line(out, "requests_total", labels + ",code=\"200\"", count, second);
    line(out, "requests_total", labels + ",code=\"500\"", Math.floorDiv(count, 5L), second);
    line(out, "depth", labels, Math.sin(second / 7.0 + i) * 100 + i, second);
    histogram(out, labels, second % 100, i, second);
  }

  private static void histogram(StringBuilder out, String labels, long n, int i, long second) {
    String[] bounds = {"0.1", "0.5", "1", "5", "+Inf"};
    for (int b = 0; b < bounds.length; b++) {
      line(
          out,
          "latency_bucket",
          labels + ",le=\"" + bounds[b] + "\"",
          n * (b + 1) * (i + 1),
          second);
    }
    line(out, "latency_count", labels, n * bounds.length * (i + 1), second);
    line(out, "latency_sum", labels, n * 1.5 * (i + 1), second);
  }

  private static void line(
      StringBuilder out, String name, String labels, double value, long second) {
    out.append(String.format(Locale.ROOT, "%s{%s} %s %d%n", name, labels, value, second * 1000));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
