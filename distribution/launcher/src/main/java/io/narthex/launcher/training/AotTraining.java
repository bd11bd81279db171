package io.narthex.launcher.training;

import io.narthex.launcher.SuppressForbidden;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes the cache {@code lib/narthex.aot} that lets the next start load classes without reading,
 * checking and linking them: starts the server once, asks it what a new user would ask, and ends
 * it. The cache fits only the JVM that wrote it; any other ignores it.
 *
 * <p>Argument: the folder of the distribution.
 */
@SuppressForbidden("the program talks to the terminal")
public final class AotTraining {
  private static final List<String> QUESTIONS =
      List.of(
          "/-/healthy",
          "/-/ready",
          "/metrics",
          "/",
          "/api/v1/status/flags",
          "/api/v1/status/config",
          "/api/v1/targets",
          "/api/v1/labels",
          "/api/v1/query?query=sum(rate(prometheus_http_requests_total%5B5m%5D))%20by%20(code)");

  private final Path home;
  private final Path folder;

  private AotTraining(Path home, Path folder) {
    this.home = home;
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path home = Path.of(args[0]).toAbsolutePath();
    Path folder = Files.createTempDirectory("narthex-training");
    try {
      new AotTraining(home, folder).run();
    } finally {
      delete(folder);
    }
  }

  private void run() throws IOException, InterruptedException {
    Path cache = home.resolve("lib/narthex.aot");
    Files.deleteIfExists(cache);
    Path configuration =
        Files.writeString(folder.resolve("prometheus.yml"), "global:\n  scrape_interval: 1s\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                home.resolve("bin/narthex").toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:0")
            .redirectErrorStream(true);
    builder.environment().put("NARTHEX_JVM_OPTIONS", "-XX:AOTCacheOutput=" + cache);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process server = builder.start();
    StringBuilder output = new StringBuilder();
    try (BufferedReader lines = server.inputReader(StandardCharsets.UTF_8)) {
      ask(address(lines, output));
      server.toHandle().destroy(); // Process.destroy would close the output as well.
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.append(line).append('\n');
      }
      if (!server.waitFor(2, TimeUnit.MINUTES) || !Files.exists(cache)) {
        throw new IOException("no cache was made; the server said:\n" + output);
      }
    } finally {
      server.destroyForcibly();
    }
  }

  private static String address(BufferedReader lines, StringBuilder output) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      output.append(line).append('\n');
      int address = line.indexOf("address=127.0.0.1:");
      if (line.contains("Listening on") && address > 0) {
        return line.substring(address + "address=".length()).split(" ", 2)[0];
      }
    }
    throw new IOException("the server ended:\n" + output);
  }

  private static void ask(String address) throws IOException, InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build()) {
      for (String question : QUESTIONS) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://" + address + question))
                .timeout(Duration.ofSeconds(30))
                .build();
        client.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
