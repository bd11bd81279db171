package io.narthex.api.lifecycle;

/**
 * The order in which actors are interrupted when the process ends: from the highest stage to the
 * lowest, so that what uses something stops before it. All actors of one stage are interrupted
 * together, and waited for before the next stage.
 */
public final class Stage {
  /** Stops last: it answers requests to stop. */
  public static final int TERMINATION = 0;

  /** Delivers what rules have found; drains its queue after the rules have stopped. */
  public static final int NOTIFIER = 100;

  /** Answers HTTP while everything else stops. */
  public static final int WEB = 200;

  /** Databases: flushed and closed after everything that writes has stopped. */
  public static final int STORAGE = 300;

  /** Loads and reloads the configuration. */
  public static final int CONFIGURATION = 400;

  /** Exports spans of everything above it. */
  public static final int TRACING = 500;

  /** Writes samples. */
  public static final int SCRAPE = 600;

  /** Evaluates rules; stops before scraping, so that no absent() fires on the way out. */
  public static final int RULES = 700;

  /** Finds targets. */
  public static final int DISCOVERY = 800;

  private Stage() {}
}
