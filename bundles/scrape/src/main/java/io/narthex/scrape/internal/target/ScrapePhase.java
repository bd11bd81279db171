package io.narthex.scrape.internal.target;

/**
 * When within its interval a target is scraped: at a place that depends on the target and the
 * server alone, so that it is the same after a restart, and differs between the two of a pair.
 */
public final class ScrapePhase {

  private ScrapePhase() {}

  /**
   * How long to wait for the first scrape.
   *
   * @param interval nanoseconds
   * @param now nanoseconds since the epoch
   * @param seed of the server
   * @return nanoseconds, more than 0 and at most the interval
   */
  public static long firstDelay(long targetHash, long seed, long interval, long now) {
    long base = interval - Math.floorMod(now, interval);
    long offset = Long.remainderUnsigned(targetHash ^ seed, interval);
    long next = base + offset;
    return next > interval ? next - interval : next;
  }
}
