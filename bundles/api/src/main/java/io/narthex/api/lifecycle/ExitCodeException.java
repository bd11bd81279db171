package io.narthex.api.lifecycle;

/** A failure of an actor that ends the process with a code of its own instead of 1. */
public final class ExitCodeException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  public ExitCodeException(int exitCode, String message, Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
