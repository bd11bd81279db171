package io.narthex.exposition.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** The reference program, which scrapes bodies that a test gives it, each as a target. */
final class PeerPrometheus implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 60;

  private final HttpServer server;
  private final Process process;
  private final String address;
  private final CountDownLatch scraped;

  /** Serves the bodies and starts to scrape them. */
  PeerPrometheus(Path folder, String contentType, List<byte[]> bodies) throws Exception {
    Path program = program();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    scraped = new CountDownLatch(bodies.size());
    AtomicIntegerArray requests = new AtomicIntegerArray(bodies.size());
    server.createContext(
        "/",
        exchange -> {
          int i = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
          // The second request shows that the first answer has been dealt with.
          if (requests.incrementAndGet(i) == 2) {
            scraped.countDown();
          }
          exchange.getResponseHeaders().set("Content-Type", contentType);
          byte[] body = bodies.get(i);
          exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, configuration(bodies.size()));
    process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true)
            .start();
    address = readAddress(process.inputReader(StandardCharsets.UTF_8));
  }

  private static Path program() {
    String peers = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    assumeTrue(peers != null, "NARTHEX_PEERS is not set");
    Path program = Path.of(peers, "prometheus");
    assumeTrue(Files.isExecutable(program), "no reference program in " + peers);
    return program;
  }

  private String configuration(int n) {
    StringBuilder out = new StringBuilder("scrape_configs:\n- job_name: cases\n");
    out.append("  scrape_interval: 2s\n  static_configs:\n");
    for (int i = 0; i < n; i++) {
      out.append("  - targets: ['127.0.0.1:").append(server.getAddress().getPort());
      out.append("']\n    labels: {__metrics_path__: /").append(i);
      out.append(", case: '").append(i).append("'}\n");
    }
    return out.toString();
  }

  private static String readAddress(BufferedReader log) throws IOException {
    for (String line = log.readLine(); line != null; line = log.readLine()) {
      int at = line.indexOf("address=127.0.0.1:");
      if (line.contains("Listening on") && at >= 0) {
        Thread.ofVirtual().start(() -> drain(log));
        return line.substring(at + "address=".length()).split(" ", 2)[0];
      }
    }
    throw new AssertionError("the reference program ended");
  }

  private static void drain(BufferedReader log) {
    try {
      String line = log.readLine();
      while (line != null) {
        line = log.readLine();
      }
    } catch (IOException e) {
      // The process has ended.
      return;
    }
  }

  void awaitScrapes() throws InterruptedException {
    if (!scraped.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError(scraped.getCount() + " bodies were not scraped twice");
    }
  }

  private JsonParser get(String path) throws IOException {
    InputStream in = URI.create("http://" + address + path).toURL().openStream();
    return new JsonFactory().createParser(in);
  }

  /** The last error by case. */
  Map<Integer, String> errors() throws IOException {
    Map<Integer, String> out = new HashMap<>();
    String url = "";
    try (JsonParser p = get("/api/v1/targets?state=active")) {
      while (p.nextToken() != null) {
        if (p.currentToken() != JsonToken.FIELD_NAME) {
          continue;
        }
        String name = p.currentName();
        if (name.equals("scrapeUrl")) {
          url = p.nextTextValue();
        } else if (name.equals("lastError")) {
          out.put(Integer.parseInt(url.substring(url.lastIndexOf('/') + 1)), p.nextTextValue());
        }
      }
    }
    return out;
  }

  /** The labels of the stored series by case, without those of the target and the report. */
  Map<Integer, TreeSet<String>> series() throws IOException {
    Map<Integer, TreeSet<String>> out = new HashMap<>();
    try (JsonParser p = get("/api/v1/series?match[]=%7Bcase!=%22%22%7D&limit=0")) {
      while (p.nextToken() != JsonToken.START_ARRAY) {
        // Goes to the data.
      }
      while (p.nextToken() == JsonToken.START_OBJECT) {
        Map<String, String> labels = new HashMap<>();
        while (p.nextToken() != JsonToken.END_OBJECT) {
          labels.put(p.currentName(), p.nextTextValue());
        }
        add(out, labels);
      }
    }
    return out;
  }

  private static void add(Map<Integer, TreeSet<String>> out, Map<String, String> labels) {
    int number = Integer.parseInt(labels.remove("case"));
    labels.remove("instance");
    labels.remove("job");
    String name = labels.getOrDefault("__name__", "");
    // The reference takes blanks in front of a line into the name, which helps nobody.
    labels.put("__name__", name.strip());
    if (!name.equals("up") && !name.startsWith("scrape_")) {
      out.computeIfAbsent(number, k -> new TreeSet<>())
          .add(io.narthex.model.Labels.of(labels).toString());
    }
  }

  /** Bodies that differ from each other. */
  static List<byte[]> distinct(List<byte[]> bodies) {
    Map<String, byte[]> out = new java.util.LinkedHashMap<>();
    bodies.forEach(b -> out.put(new String(b, StandardCharsets.ISO_8859_1), b));
    return new ArrayList<>(out.values());
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
    server.stop(0);
  }
}
