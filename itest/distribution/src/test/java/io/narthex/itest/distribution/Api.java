package io.narthex.itest.distribution;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** The HTTP API of one server, Narthex or Prometheus. */
final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private final HttpClient client = HttpClient.newHttpClient();
  private final String base;

  Api(String base) {
    this.base = base;
  }

  String base() {
    return base;
  }

  String text(String path) throws IOException, InterruptedException {
    return get(path).body();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The document, whatever its status. */
  Object json(String path) throws IOException, InterruptedException {
    return Json.parse(text(path));
  }

  /** The result of an instant query at a time in seconds, or now if it is negative. */
  List<?> query(String expression, double time) throws IOException, InterruptedException {
    String at = time < 0 ? "" : "&time=" + time;
    Object answer = json("/api/v1/query?query=" + encode(expression) + at);
    if (!"success".equals(Json.at(answer, "status"))) {
      throw new AssertionError(base + " " + expression + ": " + answer);
    }
    return Json.list(answer, "data", "result");
  }

  /** The sum of the first result's value, 0 if there is none. */
  double number(String expression) throws IOException, InterruptedException {
    List<?> result = query(expression, -1);
    return result.isEmpty()
        ? 0
        : Double.parseDouble((String) Json.list(result.getFirst(), "value").get(1));
  }

  /** Asks again and again until the first value of the expression is at least {@code wanted}. */
  void awaitAtLeast(String expression, double wanted) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    while (number(expression) < wanted) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(base + ": " + expression + " never reached " + wanted);
      }
    }
  }

  /** Asks until the server says that it is ready. */
  void awaitReady() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (get("/-/ready").statusCode() != 200) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(base + " is not getting ready");
      }
    }
  }

  static String encode(String s) {
    return URLEncoder.encode(s, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    client.close();
  }
}
