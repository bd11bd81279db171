package io.narthex.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.narthex.model.GoFloat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * The fields of a line, in the reference's order: time, level, source, msg, then what the event
 * carries, and {@code err} for its cause. A failure of the program itself, an unchecked exception
 * or an error, shows its stack too.
 */
final class LogFields {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private LogFields() {}

  static void write(ILoggingEvent event, LineFormat line) {
    line.field("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.field("level", level(event.getLevel()));
    StackTraceElement[] callers = event.getCallerData();
    if (callers.length > 0 && callers[0].getFileName() != null) {
      line.field("source", callers[0].getFileName() + ":" + callers[0].getLineNumber());
    }
    line.field("msg", String.valueOf(event.getFormattedMessage()));
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      for (KeyValuePair pair : pairs) {
        value(line, pair.key, pair.value);
      }
    }
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause != null) {
      line.field("err", describe(cause));
      if (isDefect(cause)) {
        line.field("stack", ThrowableProxyUtil.asString(cause));
      }
    }
  }

  private static String level(Level level) {
    return level.levelInt < Level.INFO_INT ? "DEBUG" : level.toString();
  }

  private static void value(LineFormat line, String key, @Nullable Object value) {
    switch (value) {
      case null -> line.field(key, "<nil>");
      case Double d when Double.isFinite(d) -> line.literal(key, GoFloat.g(d));
      case Integer i -> line.literal(key, i.toString());
      case Long l -> line.literal(key, l.toString());
      case Boolean b -> line.literal(key, b.toString());
      case Duration d -> line.field(key, GoFloat.f(d.toNanos() / 1e9) + "s");
      case Throwable t -> line.field(key, String.valueOf(t.getMessage()));
      default -> line.field(key, String.valueOf(value));
    }
  }

  private static String describe(IThrowableProxy cause) {
    String message = cause.getMessage();
    if (message == null || message.isEmpty()) {
      return cause.getClassName();
    }
    return isDefect(cause) ? cause.getClassName() + ": " + message : message;
  }

  private static boolean isDefect(IThrowableProxy cause) {
    return !(cause instanceof ThrowableProxy p)
        || p.getThrowable() instanceof RuntimeException
        || p.getThrowable() instanceof Error;
  }
}
