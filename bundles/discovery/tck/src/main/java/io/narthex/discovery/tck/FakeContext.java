package io.narthex.discovery.tck;

import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.http.HttpClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A context whose time stands still until a test moves it. */
public final class FakeContext implements DiscoveryContext {
  private final FakeMetrics metrics = new FakeMetrics();
  private final @Nullable HttpClients http;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Instant> ends = new ArrayList<>();

  public FakeContext(@Nullable HttpClients http) {
    this.http = http;
  }

  @Override
  public String setName() {
    return "job";
  }

  @Override
  public HttpClients http() {
    if (http == null) {
      throw new IllegalStateException("this test has no HTTP clients");
    }
    return http;
  }

  @Override
  public FakeMetrics metrics() {
    return metrics;
  }

  @Override
  public InstantSource clock() {
    return this::now;
  }

  private synchronized Instant now() {
    return now;
  }

  @Override
  public synchronized void pause(Duration duration) throws InterruptedException {
    Instant end = now.plus(duration);
    ends.add(end);
    notifyAll();
    try {
      while (now.isBefore(end)) {
        wait();
      }
    } finally {
      ends.remove(end);
      notifyAll();
    }
  }

  /** Waits until somebody pauses, moves the time, and waits until all have left who are due. */
  public synchronized void advance(Duration duration) throws InterruptedException {
    awaitPause();
    now = now.plus(duration);
    notifyAll();
    while (ends.stream().anyMatch(e -> !e.isAfter(now))) {
      wait();
    }
  }

  /** Waits until somebody pauses: what had to be done before is done. */
  public synchronized void awaitPause() throws InterruptedException {
    while (ends.isEmpty()) {
      wait();
    }
  }

  @Override
  public String userAgent() {
    return "Prometheus/0.0.0";
  }
}
