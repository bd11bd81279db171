package io.narthex.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/** Turns events into lines, in the format that the context says at that moment. */
public final class ServerEncoder extends EncoderBase<ILoggingEvent> {

  private static final byte[] NOTHING = {};

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    boolean json = "json".equals(getContext().getObject(LogSettings.FORMAT));
    LineFormat line = json ? new JsonLine() : new LogfmtLine();
    LogFields.write(event, line);
    return line.end().getBytes(StandardCharsets.UTF_8);
  }
}
