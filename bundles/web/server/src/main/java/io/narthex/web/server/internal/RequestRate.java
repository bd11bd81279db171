package io.narthex.web.server.internal;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Holds requests to the rate that the web configuration file sets: a token bucket without tokens.
 */
final class RequestRate {

  private final LongSupplier nanoTime;

  /** When the bucket would be full again. */
  private final AtomicLong full;

  RequestRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.full = new AtomicLong(nanoTime.getAsLong());
  }

  boolean admits(WebConfig.RateLimit limit) {
    while (true) {
      long now = nanoTime.getAsLong();
      long before = full.get();
      long from = before - now < 0 ? now : before;
      if (from - now > (limit.burst() - 1) * limit.intervalNanos()) {
        return false;
      }
      if (full.compareAndSet(before, from + limit.intervalNanos())) {
        return true;
      }
    }
  }
}
