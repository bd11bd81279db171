package io.narthex.telemetry.internal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Switches level and format of the log while the server runs. The formats themselves lie beside
 * logback on the launcher's class path; they look at the object {@code log.format} of logback's
 * context for each line.
 */
@Component(
    service = LogControl.class,
    immediate = true,
    configurationPid = "io.narthex.log",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LogControl.Config.class)
public final class LogControl {

  private static final Logger log = LoggerFactory.getLogger(LogControl.class);

  /** The settings; names are those of the flags. */
  @ObjectClassDefinition(name = "Narthex log", description = "Level and format of the log.")
  public @interface Config {

    @AttributeDefinition(
        name = "Level",
        description = "Only messages of this level or above are written.",
        options = {
          @Option(label = "debug", value = "debug"),
          @Option(label = "info", value = "info"),
          @Option(label = "warn", value = "warn"),
          @Option(label = "error", value = "error")
        })
    String log_level() default "info";

    @AttributeDefinition(
        name = "Format",
        description = "How messages are written.",
        options = {
          @Option(label = "logfmt", value = "logfmt"),
          @Option(label = "JSON", value = "json")
        })
    String log_format() default "logfmt";
  }

  @Activate
  public LogControl(Config config) {
    apply(config);
  }

  @Modified
  void apply(Config config) {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      log.warn("The log is not logback's: its level and format stay as they are");
      return;
    }
    switch (config.log_format()) {
      case "logfmt", "json" -> context.putObject("log.format", config.log_format());
      default ->
          log.atError()
              .addKeyValue("log.format", config.log_format())
              .log("Unknown log format: logfmt and json are known");
    }
    Level level = Level.toLevel(config.log_level().toUpperCase(Locale.ROOT), null);
    if (level == null) {
      log.atError()
          .addKeyValue("log.level", config.log_level())
          .log("Unknown log level: debug, info, warn and error are known");
    } else {
      context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    }
  }
}
