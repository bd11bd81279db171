package io.narthex.scrape.internal.loop;

/**
 * Ticks at a fixed interval. A tick that nobody waited for is kept, further ones are dropped, so
 * that a slow scrape is followed by the next one at once and then by the schedule.
 */
final class Ticker {

  private final ScrapeTime time;
  private final long interval;
  private long next;

  /** The first tick comes one interval from now. */
  Ticker(ScrapeTime time, long interval) {
    this.time = time;
    this.interval = interval;
    this.next = time.nanos() + interval;
  }

  /** Begins anew: the next tick comes one interval from now. */
  void restart() {
    next = time.nanos() + interval;
  }

  /** Waits for the next tick; false if the signal came before it. */
  boolean await(ScrapeTime.Signal stop) throws InterruptedException {
    if (stop.awaitUntil(next)) {
      return false;
    }
    long late = time.nanos() - next;
    next += interval * (late / interval + 1);
    return true;
  }
}
