package io.narthex.lifecycle.internal;

import io.narthex.model.PromDuration;
import java.time.Duration;

/** The checked settings of the run group. */
record Settings(Duration warn, Duration limit, Duration initial, Duration cap, Duration healthy) {

  /** The defaults of {@link LifecycleConfig}. */
  static final Settings DEFAULTS =
      new Settings(
          Duration.ofSeconds(10),
          Duration.ofMinutes(1),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5));

  /**
   * @throws IllegalArgumentException naming the property that is wrong
   */
  static Settings of(LifecycleConfig config) {
    Settings settings =
        new Settings(
            duration("shutdown.warn", config.shutdown_warn()),
            duration("shutdown.limit", config.shutdown_limit()),
            duration("restart.initial", config.restart_initial()),
            duration("restart.cap", config.restart_cap()),
            duration("restart.healthy", config.restart_healthy()));
    if (settings.cap.compareTo(settings.initial) < 0) {
      throw new IllegalArgumentException("restart.cap is shorter than restart.initial");
    }
    return settings;
  }

  private static Duration duration(String property, String text) {
    long millis;
    try {
      millis = PromDuration.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property + ": " + e.getMessage(), e);
    }
    if (millis == 0) {
      throw new IllegalArgumentException(property + ": must be longer than zero");
    }
    return Duration.ofMillis(millis);
  }
}
