package io.narthex.http.internal.net;

import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** The moment at which an exchange, with its redirects and look-ups, must be over. */
public final class Deadline {
  private final long end;

  private Deadline(long end) {
    this.end = end;
  }

  public static Deadline in(Duration time) {
    long nanos;
    try {
      nanos = time.toNanos();
    } catch (ArithmeticException e) {
      nanos = Long.MAX_VALUE / 2;
    }
    return new Deadline(System.nanoTime() + Math.min(nanos, Long.MAX_VALUE / 2));
  }

  /** What is left, at least a millisecond. */
  public Duration remaining() throws HttpTimeoutException {
    long left = end - System.nanoTime();
    if (left <= 0) {
      throw new HttpTimeoutException(Failures.DEADLINE);
    }
    return Duration.ofMillis(Math.max(1, (left + 999_999) / 1_000_000));
  }
}
