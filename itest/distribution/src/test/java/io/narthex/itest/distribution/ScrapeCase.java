package io.narthex.itest.distribution;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * A target that plays one case.
 *
 * @param name of the job
 * @param settings lines of the job's configuration, each of its own
 * @param answer to a request, by how many of the same server came before
 */
record ScrapeCase(String name, String settings, Answer answer) {

  static final String TEXT = "text/plain; version=0.0.4";
  static final String OPENMETRICS = "application/openmetrics-text; version=1.0.0";
  static final String PROTOBUF =
      "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily;"
          + " encoding=delimited";

  /** Plays a case. */
  @FunctionalInterface
  interface Answer {
    void to(HttpExchange exchange, int n) throws IOException;
  }

  /** Answers with a text that depends on the number of the request. */
  static ScrapeCase text(String name, String settings, String type, IntFunction<String> body) {
    return bytes(name, settings, type, n -> body.apply(n).getBytes(StandardCharsets.UTF_8));
  }

  static ScrapeCase bytes(String name, String settings, String type, IntFunction<byte[]> body) {
    return new ScrapeCase(
        name, settings, (exchange, n) -> send(exchange, 200, type, body.apply(n)));
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    if (!type.isEmpty()) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
