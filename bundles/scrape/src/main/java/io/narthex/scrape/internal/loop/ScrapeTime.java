package io.narthex.scrape.internal.loop;

/** Time as scraping sees it; tests hand in one that stands still until they move it. */
public interface ScrapeTime {

  /** The time of the machine's timers and no other origin. */
  ScrapeTime SYSTEM = new SystemTime();

  /** Nanoseconds since the epoch, by the wall clock. */
  long wallNanos();

  /** Nanoseconds of a clock that never jumps. */
  long nanos();

  /** An event that has not happened yet. */
  Signal signal();

  /** Something that happens once and that threads wait for. */
  interface Signal {

    void fire();

    boolean isFired();

    /**
     * Waits until it happens or {@link #nanos} reaches {@code deadline}; whether it has happened.
     */
    boolean awaitUntil(long deadline) throws InterruptedException;
  }
}
