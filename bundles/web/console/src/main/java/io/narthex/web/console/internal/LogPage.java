package io.narthex.web.console.internal;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.narthex.web.console.internal.RecentLog.Line;
import jakarta.servlet.Servlet;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.LoggerFactory;

/** The console's page on the newest messages of the log, from its own start on. */
@Component(
    immediate = true,
    service = Servlet.class,
    property = {ConsolePage.LABEL + "narthex-log", ConsolePage.TITLE + "Log", ConsolePage.CATEGORY})
@SuppressWarnings("serial") // The base class is serializable; nobody serializes a servlet.
public final class LogPage extends ConsolePage {
  private static final long serialVersionUID = 1L;

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(LogPage.class);

  private final RecentLog recent = new RecentLog();
  private final Logger root;

  @Activate
  public LogPage() {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    recent.setContext(context);
    recent.setName("web console");
    recent.start();
    root.addAppender(recent);
  }

  @Deactivate
  void deactivate() {
    root.detachAppender(recent);
    recent.stop();
    // logback forgets an appender only when it next writes: without this line it would keep the
    // class loader of a bundle that was updated.
    log.info("The console's page on the log has stopped");
  }

  @Override
  void write(Html html) {
    List<Line> lines = recent.lines();
    html.heading("Log").table("Time", "Level", "Logger", "Message");
    for (Line line : lines) {
      html.row(Times.of(line.time()), line.level(), line.logger(), line.text());
    }
    html.endTable(lines, "Nothing was logged since the console's bundle started.");
  }
}
