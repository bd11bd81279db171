package io.narthex.discovery.http.internal;

import io.narthex.api.config.ConfigurationException;
import io.narthex.api.discovery.Discoverer;
import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.discovery.TargetGroup;
import io.narthex.api.discovery.TargetGroupSink;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.discovery.groups.internal.GroupDocument;
import io.narthex.model.GoFloat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for the list of groups again and again; while there is no answer the last one holds. */
final class HttpDiscoverer implements Discoverer {

  private static final Logger log = LoggerFactory.getLogger(HttpDiscoverer.class);
  private static final String META = "__meta_url";

  /** A longer answer is refused. */
  private static final int MAX_BYTES = 64 << 20;

  private final HttpConfig config;
  private final DiscoveryContext context;
  private final GroupDocument document;
  private int known;

  HttpDiscoverer(HttpConfig config, DiscoveryContext context) {
    this.config = config;
    this.context = context;
    this.document = new GroupDocument(config.url().toString(), META);
  }

  @Override
  public void run(TargetGroupSink sink) throws InterruptedException {
    RefreshMetrics metrics = new RefreshMetrics(context.metrics(), context.setName());
    Duration interval = Duration.ofMillis(config.refreshInterval());
    try (HttpClient client = context.http().create("http", config.http())) {
      while (true) {
        refresh(client, sink, metrics);
        context.pause(interval);
      }
    } catch (ConfigurationException e) {
      // The manager shows it and tries again later.
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  private void refresh(HttpClient client, TargetGroupSink sink, RefreshMetrics metrics)
      throws InterruptedException {
    long start = System.nanoTime();
    try {
      List<TargetGroup> groups = new ArrayList<>(document.json(fetch(client)));
      int count = groups.size();
      for (int i = count; i < known; i++) {
        groups.add(document.removal(i));
      }
      known = count;
      sink.update(groups);
    } catch (IOException e) {
      metrics.failures.increment();
      metrics.httpFailures.increment();
      log.atError()
          .addKeyValue("discovery", "http")
          .addKeyValue("config", context.setName())
          .addKeyValue("err", String.valueOf(e.getMessage()))
          .log("Unable to refresh target groups");
    } finally {
      metrics.took(System.nanoTime() - start);
    }
  }

  private byte[] fetch(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.get(
            config.url(),
            Map.of(
                "Accept",
                "application/json",
                "User-Agent",
                context.userAgent(),
                "X-Prometheus-Refresh-Interval-Seconds",
                GoFloat.f(config.refreshInterval() / 1000.0)),
            Duration.ofMillis(config.refreshInterval()));
    try (HttpResponse response = client.send(request)) {
      if (response.status() != 200) {
        throw new IOException("server returned HTTP status " + response.statusText());
      }
      String type = response.header("Content-Type");
      if (!isJson(type)) {
        throw new IOException("unsupported content type \"" + type + "\"");
      }
      byte[] body = response.body().readNBytes(MAX_BYTES + 1);
      if (body.length > MAX_BYTES) {
        throw new IOException("the answer is longer than " + MAX_BYTES + " bytes");
      }
      return body;
    }
  }

  /** {@code application/json}, with {@code charset=utf-8} at most, in any case, perhaps quoted. */
  static boolean isJson(String contentType) {
    String type = contentType.strip().toLowerCase(Locale.ROOT);
    if (!type.startsWith("application/json")) {
      return false;
    }
    String rest = type.substring("application/json".length());
    if (rest.isEmpty()) {
      return true;
    }
    String parameter = rest.startsWith(";") ? rest.substring(1).strip() : "";
    return parameter.equals("charset=utf-8") || parameter.equals("charset=\"utf-8\"");
  }
}
