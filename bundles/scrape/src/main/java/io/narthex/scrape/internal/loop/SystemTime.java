package io.narthex.scrape.internal.loop;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The time of the machine. */
final class SystemTime implements ScrapeTime {

  private final InstantSource wall = InstantSource.system();

  @Override
  public long wallNanos() {
    Instant now = wall.instant();
    return now.getEpochSecond() * 1_000_000_000L + now.getNano();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Signal signal() {
    return new Latch();
  }

  /** A latch that opens once. */
  private static final class Latch implements Signal {
    private final CountDownLatch latch = new CountDownLatch(1);

    @Override
    public void fire() {
      latch.countDown();
    }

    @Override
    public boolean isFired() {
      return latch.getCount() == 0;
    }

    @Override
    public boolean awaitUntil(long deadline) throws InterruptedException {
      return latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
  }
}
