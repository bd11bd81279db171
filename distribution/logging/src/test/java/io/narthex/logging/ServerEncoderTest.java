package io.narthex.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class ServerEncoderTest {

  private final LoggerContext context = new LoggerContext();
  private final List<String> lines = new ArrayList<>();
  private Logger log;

  @BeforeEach
  void setUp() {
    new LogConfigurator().configure(context);
    ServerEncoder encoder = new ServerEncoder();
    encoder.setContext(context);
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAndStopAllAppenders();
    AppenderBase<ILoggingEvent> appender =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            lines.add(new String(encoder.encode(event), StandardCharsets.UTF_8));
          }
        };
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    log = context.getLogger("io.narthex.test");
  }

  /** The last line from msg on; before it stand time, level and source. */
  private String tail(String level) {
    String line = lines.getLast();
    String head = line.substring(0, line.indexOf(" msg="));
    String[] fields = head.split(" ", -1);
    assertThat(fields).hasSize(3);
    assertThat(fields[0]).hasSize("time=2026-01-01T00:00:00.000Z".length()).endsWith("Z");
    assertThat(fields[1]).isEqualTo("level=" + level);
    assertThat(fields[2]).startsWith("source=ServerEncoderTest.java:");
    return line.substring(head.length() + 1);
  }

  @Test
  void writesLogfmt() {
    log.atInfo()
        .addKeyValue("job", "a b")
        .addKeyValue("n", 3)
        .addKeyValue("took", Duration.ofMillis(1500))
        .addKeyValue("empty", "")
        .addKeyValue("path", "C:\\x=\"y\"")
        .addKeyValue("name", "żółw")
        .log("Server is ready to receive web requests.");
    assertThat(tail("INFO"))
        .isEqualTo(
            "msg=\"Server is ready to receive web requests.\" job=\"a b\" n=3 took=1.5s empty=\"\""
                + " path=\"C:\\\\x=\\\"y\\\"\" name=żółw\n");
  }

  @Test
  void noValueCanBreakTheLine() {
    log.atWarn().addKeyValue("evil", "x\nlevel=ERROR\u0000\u2028").log("a\r\nb");
    assertThat(tail("WARN")).isEqualTo("msg=\"a\\r\\nb\" evil=\"x\\nlevel=ERROR\\x00\\u2028\"\n");
  }

  @Test
  void showsCausesAndTheStackOfDefectsOnly() {
    log.atError().setCause(new IOException("disk full")).log("Write failed");
    assertThat(tail("ERROR")).isEqualTo("msg=\"Write failed\" err=\"disk full\"\n");
    log.atError().setCause(new IllegalStateException("bug")).log("x");
    assertThat(tail("ERROR"))
        .startsWith("msg=x err=\"java.lang.IllegalStateException: bug\" stack=\"")
        .contains("showsCausesAndTheStackOfDefectsOnly");
  }

  @Test
  void switchesToJsonWhileRunning() {
    context.putObject(LogSettings.FORMAT, "json");
    log.atInfo().addKeyValue("q", "a<\"\n\u0001").addKeyValue("on", true).log("m");
    assertThat(lines.getLast())
        .startsWith("{\"time\":\"")
        .contains(",\"level\":\"INFO\",\"source\":\"ServerEncoderTest.java:")
        .endsWith("\",\"msg\":\"m\",\"q\":\"a<\\\"\\n\\u0001\",\"on\":true}\n");
    context.putObject(LogSettings.FORMAT, "logfmt");
    log.debug("not at this level");
    assertThat(lines).hasSize(1);
    log.info("plain");
    assertThat(tail("INFO")).isEqualTo("msg=plain\n");
  }
}
