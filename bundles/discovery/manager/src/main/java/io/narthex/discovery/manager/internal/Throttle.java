package io.narthex.discovery.manager.internal;

/**
 * Spaces out deliveries: the first one after a quiet time goes at once, the next ones wait longer
 * and longer, up to 5 s. Not safe for several threads.
 */
final class Throttle {

  private static final long FIRST = 100_000_000L;
  private static final long LONGEST = 5_000_000_000L;
  private static final double GROWTH = 1.5;

  private long wait = FIRST;
  private long last;
  private boolean any;

  /** Nanoseconds until the next delivery may go, 0 for at once. */
  long delay(long now) {
    if (!any || now - last >= LONGEST) {
      return 0;
    }
    return Math.max(0, last + wait - now);
  }

  /**
   * @param waited whether the delivery had to wait: then there was no quiet time before it
   */
  void delivered(long now, boolean waited) {
    boolean quiet = !waited && (!any || now - last >= LONGEST);
    wait = quiet ? FIRST : (long) Math.min(LONGEST, wait * GROWTH);
    last = now;
    any = true;
  }
}
