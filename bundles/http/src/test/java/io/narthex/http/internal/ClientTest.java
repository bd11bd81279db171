package io.narthex.http.internal;

import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.config.HttpClientConfig.HttpHeader;
import io.narthex.api.config.ProxyConfig;
import io.narthex.api.config.Secret;
import io.narthex.api.config.TlsConfig;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.http.internal.net.DialMetrics;
import io.narthex.http.internal.net.Engine;
import io.narthex.telemetry.internal.BundleMetrics;
import io.narthex.telemetry.internal.MetricRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Makes clients, and ends with everything closed. */
abstract class ClientTest {
  static final Duration LONG = Duration.ofSeconds(60);

  final BundleMetrics metrics = new BundleMetrics(new MetricRegistry());
  final List<AutoCloseable> closing = new ArrayList<>();
  Engine engine;
  ClientFactory factory;
  Instant now = Instant.EPOCH;

  @BeforeEach
  void open() {
    engine = new Engine();
    factory = new ClientFactory(engine, new DialMetrics(metrics), () -> now);
  }

  @AfterEach
  void close() throws Exception {
    factory.close();
    engine.close();
    for (AutoCloseable c : closing) {
      c.close();
    }
  }

  RawServer serving(RawServer server) {
    closing.add(server);
    return server;
  }

  HttpClient client(HttpClientConfig config) throws Exception {
    return factory.create("test", config);
  }

  HttpClient client() throws Exception {
    return client(HttpClientConfig.DEFAULT);
  }

  static HttpRequest get(URI uri) {
    return HttpRequest.get(uri, Map.of(), LONG);
  }

  static String body(HttpClient client, URI uri) throws Exception {
    try (HttpResponse r = client.send(get(uri))) {
      return text(r);
    }
  }

  static String text(HttpResponse r) throws IOException {
    return new String(r.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  double counter(String kind, String... labels) {
    return switch (kind) {
      case "attempted" -> counters("attempted_total", "attempted", labels);
      case "established" -> counters("established_total", "successfully established", labels);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private double counters(String suffix, String what, String... labels) {
    return metrics
        .counters(
            "net_conntrack_dialer_conn_" + suffix,
            "Total number of connections " + what + " by the given dialer a given name.",
            "dialer_name")
        .with(labels)
        .value();
  }

  static HttpClientConfig tls(TlsConfig tls) {
    return new HttpClientConfig(null, null, null, tls, true, true, ProxyConfig.NONE, Map.of());
  }

  static TlsConfig trusting(String ca, String cert, String key, String serverName) {
    return new TlsConfig(
        ca, cert, new Secret(key), "", "", "", "", "", "", serverName, false, "", "");
  }

  static HttpClientConfig basic(String user, String password) {
    return new HttpClientConfig(
        new HttpClientConfig.BasicAuth(user, "", "", new Secret(password), "", ""),
        null,
        null,
        TlsConfig.DEFAULT,
        true,
        true,
        ProxyConfig.NONE,
        Map.of("X-Custom", new HttpHeader(List.of("a"), List.of(new Secret("b")), List.of())));
  }

  static HttpClientConfig proxy(ProxyConfig proxy) {
    return new HttpClientConfig(null, null, null, TlsConfig.DEFAULT, true, true, proxy, Map.of());
  }
}
