package io.narthex.http.internal.net;

import java.io.IOException;

/** A connection that did not come about; the message is the reference's. */
final class DialException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why, as the connection metrics name it. */
  enum Reason {
    RESOLUTION("resolution"),
    REFUSED("refused"),
    TIMEOUT("timeout"),
    UNKNOWN("unknown");

    private final String label;

    Reason(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  private final Reason reason;

  DialException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  Reason reason() {
    return reason;
  }
}
