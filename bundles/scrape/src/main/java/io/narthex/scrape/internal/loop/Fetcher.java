package io.narthex.scrape.internal.loop;

import io.narthex.api.config.ScrapeConfig;
import io.narthex.api.config.ScrapeProtocol;
import io.narthex.api.http.HttpClient;
import io.narthex.api.http.HttpRequest;
import io.narthex.api.http.HttpResponse;
import io.narthex.model.GoFloat;
import io.narthex.model.GoQuote;
import io.narthex.scrape.internal.target.Target;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks one target for its body. */
final class Fetcher {

  static final String BODY_LIMIT = "body size limit exceeded";

  private static final int FIRST_WEIGHT = 6;
  private static final long DRAINED = 64 * 1024;

  private final HttpClient client;
  private final String url;
  private final @Nullable HttpRequest request;
  private final long limit;
  private final ScrapeMetrics metrics;

  Fetcher(
      HttpClient client, Target target, ScrapeConfig job, String userAgent, ScrapeMetrics metrics) {
    this.client = client;
    this.url = target.url();
    this.limit = job.bodySizeLimit() > 0 ? job.bodySizeLimit() : Long.MAX_VALUE;
    this.metrics = metrics;
    this.request = request(target, job, userAgent);
  }

  private static @Nullable HttpRequest request(Target target, ScrapeConfig job, String userAgent) {
    URI uri;
    try {
      uri = URI.create(target.url());
    } catch (IllegalArgumentException e) {
      return null;
    }
    Map<String, String> headers =
        Map.of(
            "Accept",
            accept(job),
            "Accept-Encoding",
            job.enableCompression() ? "gzip" : "identity",
            "User-Agent",
            userAgent,
            "X-Prometheus-Scrape-Timeout-Seconds",
            GoFloat.f(target.timeout() / 1000.0));
    return new HttpRequest(
        "GET", uri, headers, null, Duration.ofMillis(target.timeout()), target.unixSocket());
  }

  /** The formats in the job's order with falling weights. */
  static String accept(ScrapeConfig job) {
    StringBuilder out = new StringBuilder();
    int weight = FIRST_WEIGHT;
    List<ScrapeProtocol> protocols = job.scrapeProtocols();
    for (ScrapeProtocol p : protocols) {
      out.append(p.accept());
      if (p == ScrapeProtocol.PROMETHEUS_TEXT_1_0_0 || p == ScrapeProtocol.OPENMETRICS_TEXT_1_0_0) {
        out.append(";escaping=").append(job.metricNameEscaping().text());
      }
      out.append(";q=0.").append(weight--).append(',');
    }
    return out.append("*/*;q=0.").append(weight).toString();
  }

  /** Puts the answer into the body; its Content-Type. */
  String fetch(Body body) throws ScrapeFailure, InterruptedException {
    HttpRequest r = request;
    if (r == null) {
      throw new ScrapeFailure("parse " + GoQuote.quote(url) + ": invalid URL");
    }
    HttpResponse response;
    try {
      response = client.send(r);
    } catch (IOException e) {
      // Names method and URL already.
      throw new ScrapeFailure(message(e));
    }
    try (response) {
      return read(response, body);
    } catch (IOException e) {
      throw new ScrapeFailure(message(e));
    }
  }

  private String read(HttpResponse response, Body body) throws IOException, ScrapeFailure {
    if (response.status() != 200) {
      drain(response, body);
      throw new ScrapeFailure("server returned HTTP status " + response.statusText());
    }
    boolean gzip = response.header("Content-Encoding").equals("gzip");
    boolean whole;
    try {
      whole = gzip ? body.fillInflated(response.body(), limit) : body.fill(response.body(), limit);
    } catch (Bodies.NoRoomException e) {
      metrics.exceededBodySizeLimit.increment();
      throw new ScrapeFailure(message(e));
    }
    if (!whole) {
      metrics.exceededBodySizeLimit.increment();
      throw new ScrapeFailure(BODY_LIMIT);
    }
    return response.header("Content-Type");
  }

  /** Reads a short rest, so that the connection can be used again. */
  private static void drain(HttpResponse response, Body body) throws ScrapeFailure {
    try {
      boolean unused = body.fill(response.body(), DRAINED);
    } catch (IOException e) {
      throw new ScrapeFailure("server returned HTTP status " + response.statusText());
    } finally {
      body.length = 0;
    }
  }

  private static String message(IOException e) {
    String text = e.getMessage();
    return text == null || text.isEmpty() ? e.getClass().getSimpleName() : text;
  }
}
