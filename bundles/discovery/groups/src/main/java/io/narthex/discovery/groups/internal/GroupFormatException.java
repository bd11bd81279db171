package io.narthex.discovery.groups.internal;

import java.io.IOException;

/** A document that is no list of target groups. */
public final class GroupFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  public GroupFormatException(String message) {
    super(message);
  }

  public GroupFormatException(String message, Throwable cause) {
    super(message, cause);
  }
}
