package io.narthex.api.exposition;

import java.io.IOException;

/** A scrape body that breaks its format; the message says where. */
public final class ExpositionException extends IOException {
  private static final long serialVersionUID = 1L;

  public ExpositionException(String message) {
    super(message);
  }
}
