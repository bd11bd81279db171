package io.narthex.promql.peer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The reference program over samples that it was given in a file. */
final class PeerPrometheus implements AutoCloseable {

  private static final String ADDRESS = "address=127.0.0.1:";

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  /**
   * @param samples in OpenMetrics text
   */
  PeerPrometheus(Path folder, String samples) throws Exception {
    this(withBlocks(folder, samples), List.of("--enable-feature=promql-experimental-functions"));
  }

  /**
   * @param folder for its data and configuration
   */
  PeerPrometheus(Path folder, List<String> options) throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(config, "global: {}\n");
    List<String> command =
        new ArrayList<>(
            List.of(
                program("prometheus"),
                "--config.file=" + config,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--web.listen-address=127.0.0.1:0"));
    command.addAll(options);
    process = new ProcessBuilder(command).redirectErrorStream(true).start();
    CompletableFuture<Integer> listening = new CompletableFuture<>();
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> readLog(listening, ready));
    port = listening.get(60, TimeUnit.SECONDS);
    ready.get(60, TimeUnit.SECONDS);
  }

  private static Path withBlocks(Path folder, String samples) throws Exception {
    Path text = folder.resolve("samples.txt");
    Files.writeString(text, samples);
    Process blocks =
        new ProcessBuilder(
                program("promtool"),
                "tsdb",
                "create-blocks-from",
                "openmetrics",
                text.toString(),
                folder.resolve("data").toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("promtool.log").toFile())
            .start();
    if (!blocks.waitFor(60, TimeUnit.SECONDS) || blocks.exitValue() != 0) {
      throw new IOException(Files.readString(folder.resolve("promtool.log")));
    }
    return folder;
  }

  /** Sends a request of remote write. */
  void write(byte[] compressed) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/write"))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "snappy")
            .POST(HttpRequest.BodyPublishers.ofByteArray(compressed))
            .build();
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
  }

  private void readLog(CompletableFuture<Integer> listening, CompletableFuture<Boolean> ready) {
    try (BufferedReader log = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = log.readLine(); line != null; line = log.readLine()) {
        int at = line.indexOf(ADDRESS);
        if (at >= 0 && line.contains("Listening on")) {
          String port = line.substring(at + ADDRESS.length()).split("\\D")[0];
          listening.complete(Integer.parseInt(port));
        }
        if (line.contains("Server is ready")) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      listening.completeExceptionally(e);
    }
    listening.completeExceptionally(new IOException("the program ended"));
    ready.completeExceptionally(new IOException("the program ended"));
  }

  private static String program(String name) {
    String folder = System.getProperty("NARTHEX_PEERS", System.getenv("NARTHEX_PEERS"));
    assumeTrue(folder != null, "NARTHEX_PEERS is not set");
    Path program = Path.of(folder).resolve(name);
    assumeTrue(Files.isExecutable(program), "no " + program);
    return program.toString();
  }

  /** The answer to a query as maps and lists. */
  Map<String, Object> get(String path, String... parameters) throws Exception {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < parameters.length; i += 2) {
      form.append(i == 0 ? "" : "&")
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
            .build();
    String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    try (JsonParser in = new JsonFactory().createParser(body)) {
      in.nextToken();
      @SuppressWarnings("unchecked") // the answer is an object
      Map<String, Object> answer = (Map<String, Object>) value(in);
      return answer;
    }
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.nextToken() != JsonToken.END_OBJECT) {
          String name = in.currentName();
          in.nextToken();
          map.put(name, value(in));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<Object> list = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(in));
        }
        yield list;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> in.getDoubleValue();
      default -> in.getText();
    };
  }

  @Override
  public void close() throws Exception {
    client.close();
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
