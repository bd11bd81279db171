package io.narthex.discovery.manager.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ThrottleTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void firstGoesAtOnceAndTheNextWaitLongerUpToFiveSeconds() {
    Throttle throttle = new Throttle();
    long now = -7 * SECOND;
    assertThat(throttle.delay(now)).isZero();
    throttle.delivered(now, false);
    long before = 0;
    for (int i = 0; i < 20; i++) {
      long delay = throttle.delay(now);
      assertThat(delay).isBetween(Math.max(before, SECOND / 10), 5 * SECOND);
      before = delay;
      now += delay;
      assertThat(throttle.delay(now)).isZero();
      throttle.delivered(now, true);
    }
    assertThat(throttle.delay(now)).isEqualTo(5 * SECOND);
  }

  @Test
  void quietTimeStartsItAfresh() {
    Throttle throttle = new Throttle();
    for (int i = 0; i < 20; i++) {
      throttle.delivered(i, true);
    }
    assertThat(throttle.delay(20)).isGreaterThan(SECOND);
    assertThat(throttle.delay(20 + 5 * SECOND)).isZero();
    throttle.delivered(20 + 5 * SECOND, false);
    assertThat(throttle.delay(20 + 5 * SECOND)).isEqualTo(SECOND / 10);
  }
}
