package io.narthex.lifecycle.internal;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between restarts: doubling up to the cap, each shortened by up to a fifth at random.
 */
final class Backoff {
  private static final double JITTER = 0.2;

  private int failures;

  /**
   * The pause before the next start.
   *
   * @param ran how long the actor had run when it failed
   */
  Duration next(Settings settings, Duration ran, RandomGenerator random) {
    if (ran.compareTo(settings.healthy()) >= 0) {
      failures = 0;
    }
    long initial = settings.initial().toMillis();
    long cap = settings.cap().toMillis();
    int doublings = Math.min(failures, 40);
    // Compared the other way round, because the product may overflow.
    long pause = initial > cap >> doublings ? cap : initial << doublings;
    failures++;
    return Duration.ofMillis(Math.max(1, (long) (pause * (1 - JITTER * random.nextDouble()))));
  }
}
