package io.narthex.web.server.internal;

import io.narthex.api.telemetry.Metrics;
import io.narthex.api.telemetry.Metrics.Counter;
import io.narthex.api.telemetry.Metrics.Family;
import io.narthex.api.telemetry.Metrics.Observer;
import io.narthex.api.web.WebServerView;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Counts and times requests by the route pattern that the servlet set. */
final class RequestMetrics extends Handler.Wrapper {

  private static final double[] SECONDS = {.1, .2, .4, 1, 3, 8, 20, 60, 120};
  private static final double[] BYTES = {1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  private record Key(String pattern, int status) {}

  private final Family<Counter> requests;
  private final Family<Observer> durations;
  private final Family<Observer> sizes;
  private final Map<Key, Counter> requestsByKey = new ConcurrentHashMap<>();
  private final Map<String, Observer> durationByPattern = new ConcurrentHashMap<>();
  private final Map<String, Observer> sizeByPattern = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  RequestMetrics(Metrics metrics, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    requests =
        metrics.counters(
            "prometheus_http_requests_total", "Counter of HTTP requests.", "handler", "code");
    durations =
        metrics.histograms(
            "prometheus_http_request_duration_seconds",
            "Histogram of latencies for HTTP requests.",
            SECONDS,
            "handler");
    sizes =
        metrics.histograms(
            "prometheus_http_response_size_bytes",
            "Histogram of response size for HTTP requests.",
            BYTES,
            "handler");
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long start = nanoTime.getAsLong();
    Request.addCompletionListener(
        request, failure -> completed(request, response, nanoTime.getAsLong() - start));
    return super.handle(request, response, callback);
  }

  private void completed(Request request, Response response, long nanos) {
    if (!(request.getAttribute(WebServerView.PATTERN) instanceof String pattern)) {
      return;
    }
    int status = response.getStatus() == 0 ? 200 : response.getStatus();
    requestsByKey
        .computeIfAbsent(
            new Key(pattern, status), k -> requests.with(k.pattern(), String.valueOf(k.status())))
        .increment();
    durationByPattern.computeIfAbsent(pattern, durations::with).observe(nanos / 1e9);
    sizeByPattern
        .computeIfAbsent(pattern, sizes::with)
        .observe(Response.getContentBytesWritten(response));
  }
}
