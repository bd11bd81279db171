package io.narthex.storage.remote.internal.wire;

/** Bytes that are no message of the expected shape. Has no stack trace: hostile input is cheap. */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedMessageException(String message) {
    super(message, null, false, false);
  }
}
