package io.narthex.web.console.internal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.slf4j.event.KeyValuePair;

/** Keeps the last messages of the log as text. */
final class RecentLog extends AppenderBase<ILoggingEvent> {
  /** So many lines of at most so many characters: about two megabytes at the very most. */
  private static final int LINES = 1000;

  private static final int LENGTH = 1000;

  /** One message. */
  record Line(Instant time, String level, String logger, String text) {}

  private final Deque<Line> lines = new ArrayDeque<>();

  @Override
  protected void append(ILoggingEvent event) {
    StringBuilder text = new StringBuilder(event.getFormattedMessage());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        // Shown once to whoever starts the server, and not again to whoever is logged in.
        boolean secret = pair.key.equals("password");
        text.append(' ').append(pair.key).append('=').append(secret ? "<secret>" : pair.value);
      }
    }
    IThrowableProxy cause = event.getThrowableProxy();
    if (cause != null) {
      text.append(' ').append(cause.getClassName()).append(": ").append(cause.getMessage());
    }
    text.setLength(Math.min(text.length(), LENGTH));
    Line line =
        new Line(
            Instant.ofEpochMilli(event.getTimeStamp()),
            event.getLevel().toString(),
            event.getLoggerName(),
            text.toString());
    synchronized (lines) {
      if (lines.size() == LINES) {
        lines.removeLast();
      }
      lines.addFirst(line);
    }
  }

  /** The newest first. */
  List<Line> lines() {
    synchronized (lines) {
      return new ArrayList<>(lines);
    }
  }
}
