package io.narthex.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Level and format of the log, for the launcher; bundles do the same by logback's own means. */
public final class LogSettings {

  /** The object of logback's context that says the format: {@code logfmt} or {@code json}. */
  public static final String FORMAT = "log.format";

  private LogSettings() {}

  /**
   * @param level debug, info, warn or error
   * @param format logfmt or json
   */
  public static void apply(String level, String format) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putObject(FORMAT, format);
      context
          .getLogger(Logger.ROOT_LOGGER_NAME)
          .setLevel(Level.toLevel(level.toUpperCase(Locale.ROOT), Level.INFO));
    }
  }
}
