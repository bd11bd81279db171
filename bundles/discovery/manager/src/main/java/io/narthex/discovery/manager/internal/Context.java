package io.narthex.discovery.manager.internal;

import io.narthex.api.discovery.DiscoveryContext;
import io.narthex.api.http.HttpClients;
import io.narthex.api.telemetry.Metrics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What a discoverer may use. */
final class Context implements DiscoveryContext {

  private final String setName;
  private final Provider provider;
  private final InstantSource clock;
  private final String userAgent;

  Context(String setName, Provider provider, InstantSource clock, String userAgent) {
    this.setName = setName;
    this.provider = provider;
    this.clock = clock;
    this.userAgent = userAgent;
  }

  @Override
  public String setName() {
    return setName;
  }

  @Override
  public HttpClients http() {
    return provider.http().get();
  }

  @Override
  public Metrics metrics() {
    return provider.metrics().get();
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  @Override
  public void pause(Duration duration) throws InterruptedException {
    // A latch that nobody opens: the wait ends with the time or with an interrupt.
    boolean opened = new CountDownLatch(1).await(duration.toNanos(), TimeUnit.NANOSECONDS);
    assert !opened;
  }

  @Override
  public String userAgent() {
    return userAgent;
  }
}
