package io.narthex.storage.tsdb.internal;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * Makes the blocks of the heads of many servers at different times: each waits for a random time
 * once its head could become a block. For one thread at a time.
 */
final class HeadDelay {

  private static final long NOT_BEGUN = Long.MIN_VALUE;

  private final InstantSource clock;
  private final RandomGenerator random;
  private final long longest;
  private long until = NOT_BEGUN;

  /**
   * @param longest milliseconds; 0 never waits
   */
  HeadDelay(InstantSource clock, RandomGenerator random, long longest) {
    this.clock = clock;
    this.random = random;
    this.longest = longest;
  }

  /** Whether the head, which could become a block, is still to wait. Begins to wait if need be. */
  boolean isWaiting() {
    if (longest <= 0) {
      return false;
    }
    long now = clock.millis();
    if (until == NOT_BEGUN) {
      until = now + random.nextLong(longest);
    }
    return now < until;
  }

  /** The head has become what it could. */
  void reset() {
    until = NOT_BEGUN;
  }
}
