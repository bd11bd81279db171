package io.narthex.discovery.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.config.ConfigNode;
import io.narthex.api.config.ConfigurationException;
import io.narthex.api.config.HttpClientConfig;
import io.narthex.api.discovery.DiscoveryProvider;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.config.internal.yaml.YamlConfigNodes;
import io.narthex.discovery.groups.internal.GroupDocument;
import io.narthex.discovery.tck.DiscoveryProviderContract;
import io.narthex.discovery.tck.FakeContext;
import io.narthex.discovery.tck.RunningDiscoverer;
import io.narthex.model.Labels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class HttpDiscoveryTest extends DiscoveryProviderContract {
  private static final String URL = "http://sd.test/targets";

  /** What the endpoint answers. */
  private record Answer(int status, String type, String body) {}

  private final Queue<HttpRequest> requests = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private volatile Answer answer =
      new Answer(200, "application/json", "[{\"targets\": [\"a\"]}, {\"targets\": [\"b\"]}]");
  private final FakeContext context = new FakeContext(this::client);

  private HttpClient client(String name, HttpClientConfig config) {
    open.incrementAndGet();
    return new HttpClient() {
      @Override
      public HttpResponse send(HttpRequest request) throws IOException {
        requests.add(request);
        Answer a = answer;
        if (a.status == 0) {
          throw new IOException("Get \"" + URL + "\": connection refused");
        }
        return response(a);
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  private static HttpResponse response(Answer a) {
    return new HttpResponse() {
      @Override
      public int status() {
        return a.status;
      }

      @Override
      public String statusText() {
        return a.status + " Text";
      }

      @Override
      public String header(String name) {
        return name.equalsIgnoreCase("Content-Type") ? a.type : "";
      }

      @Override
      public InputStream body() {
        return new ByteArrayInputStream(a.body.getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void close() {}
    };
  }

  @Override
  protected DiscoveryProvider provider() {
    return new HttpProvider();
  }

  @Override
  protected ConfigNode node(String yaml) throws ConfigurationException {
    return YamlConfigNodes.parse(yaml);
  }

  @Override
  protected String goodSection() {
    return "url: " + URL + "\nrefresh_interval: 30s\nbasic_auth: {username: a, password: b}\n";
  }

  @Override
  protected String otherSection() {
    return "url: " + URL + "\n";
  }

  @Override
  protected List<String> badSections() {
    return List.of(
        "{}",
        "url: ''",
        "url: foo",
        "url: 'ftp://host/x'",
        "url: 'http://'",
        "url: 'http:///x'",
        "url: http://a\nunknown: 1",
        "url: http://a\nbearer_token: x\nbearer_token_file: y");
  }

  @Override
  protected FakeContext context() {
    return context;
  }

  @Test
  void asksAsTheReferenceDoesAndFollowsChanges() throws Exception {
    try (RunningDiscoverer run =
        RunningDiscoverer.start(provider(), provider().parse(node(goodSection())), context)) {
      assertThat(run.next())
          .containsExactly(
              new TargetGroup(
                  URL + ":0", List.of(Labels.of("__address__", "a")), Labels.of("__meta_url", URL)),
              new TargetGroup(
                  URL + ":1",
                  List.of(Labels.of("__address__", "b")),
                  Labels.of("__meta_url", URL)));
      HttpRequest request = requests.remove();
      assertThat(request.headers())
          .containsEntry("Accept", "application/json")
          .containsEntry("User-Agent", "Prometheus/0.0.0")
          .containsEntry("X-Prometheus-Refresh-Interval-Seconds", "30");
      assertThat(request.timeout()).isEqualTo(Duration.ofSeconds(30));

      answer = new Answer(500, "application/json", "");
      context.advance(Duration.ofSeconds(30));
      context.awaitPause();
      run.expectNothing();
      assertThat(context.metrics().value("prometheus_sd_http_failures_total")).isEqualTo(1);
      assertThat(context.metrics().value("prometheus_sd_refresh_failures_total", "http", "job"))
          .isEqualTo(1);

      answer = new Answer(200, "application/json; charset=\"UTF-8\"", "[{\"targets\": [\"c\"]}]");
      context.advance(Duration.ofSeconds(30));
      List<TargetGroup> update = run.next();
      assertThat(update).hasSize(2);
      assertThat(update.get(1).targets()).as("the second group has gone").isEmpty();
    }
    assertThat(open).as("clients left open").hasValue(0);
  }

  @Test
  void badAnswersKeepTheTargets() throws Exception {
    List<Answer> bad =
        List.of(
            new Answer(0, "", ""),
            new Answer(200, "text/plain", "[]"),
            new Answer(200, "application/json; charset=latin1", "[]"),
            new Answer(200, "application/json", "[null]"),
            new Answer(200, "application/json", "{}"),
            new Answer(200, "application/json", "[{\"targets\": [\"a\"], \"x\": 1}]"),
            new Answer(404, "application/json", "[]"));
    try (RunningDiscoverer run =
        RunningDiscoverer.start(provider(), provider().parse(node(goodSection())), context)) {
      run.next();
      for (Answer a : bad) {
        answer = a;
        context.advance(Duration.ofSeconds(30));
        context.awaitPause();
      }
      run.expectNothing();
      assertThat(context.metrics().value("prometheus_sd_http_failures_total"))
          .isEqualTo(bad.size());
    }
  }

  @Test
  void contentTypesAreReadAsTheReferenceDoes() {
    assertThat(HttpDiscoverer.isJson("Application/JSON;charset=utf-8")).isTrue();
    assertThat(HttpDiscoverer.isJson("application/jsonx")).isFalse();
  }

  @Test
  void theConformanceAnswerIsRead() throws Exception {
    String set = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    Path folder =
        set != null
            ? Path.of(set)
            : Path.of("").toAbsolutePath().resolve("../../../../shared/conformance").normalize();
    Path file = folder.resolve("discovery/http/http_sd.good.json");
    Assumptions.assumeTrue(Files.isRegularFile(file), "no conformance data at " + file);
    assertThat(new GroupDocument(URL, "__meta_url").json(Files.readAllBytes(file)))
        .containsExactly(
            new TargetGroup(
                URL + ":0",
                List.of(Labels.of("__address__", "127.0.0.1:9090")),
                Labels.of("__meta_datacenter", "bru1", "__meta_url", URL)));
  }
}
