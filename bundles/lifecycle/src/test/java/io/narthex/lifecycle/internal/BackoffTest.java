package io.narthex.lifecycle.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  /** Gives the longest pauses. */
  private static final RandomGenerator NO_JITTER = () -> 0L;

  private final Backoff backoff = new Backoff();

  @Test
  void doublesUpToTheCap() {
    long[] expected = {1, 2, 4, 8, 16, 32, 60, 60};
    for (long seconds : expected) {
      assertThat(backoff.next(Settings.DEFAULTS, Duration.ZERO, NO_JITTER))
          .isEqualTo(Duration.ofSeconds(seconds));
    }
  }

  @Test
  void jitterShortensByUpToAFifth() {
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 100; i++) {
      Duration first = new Backoff().next(Settings.DEFAULTS, Duration.ZERO, random);
      assertThat(first).isBetween(Duration.ofMillis(800), Duration.ofSeconds(1));
    }
  }

  @Test
  void aHealthyTimeStartsFromTheBeginning() {
    backoff.next(Settings.DEFAULTS, Duration.ZERO, NO_JITTER);
    backoff.next(Settings.DEFAULTS, Duration.ofSeconds(299), NO_JITTER);
    assertThat(backoff.next(Settings.DEFAULTS, Duration.ofMinutes(5), NO_JITTER))
        .isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void neverOverflows() {
    Settings huge =
        new Settings(
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofDays(100_000),
            Duration.ofDays(106_000),
            Duration.ofDays(106_000));
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next(huge, Duration.ZERO, NO_JITTER))
          .isBetween(Duration.ofDays(100_000), Duration.ofDays(106_000));
    }
  }
}
