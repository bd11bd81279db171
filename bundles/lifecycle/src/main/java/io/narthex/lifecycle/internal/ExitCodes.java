package io.narthex.lifecycle.internal;

import io.narthex.api.lifecycle.ExitCodeException;
import io.narthex.api.lifecycle.ShutdownRequested;
import org.jspecify.annotations.Nullable;

/** The process' exit code for the cause of its end. */
final class ExitCodes {
  private ExitCodes() {}

  /**
   * @param cause null if a critical actor returned without an error, which ends the process as
   *     cleanly as it does in the reference
   */
  static int of(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> 0;
      case ShutdownRequested requested -> 0;
      case ExitCodeException failure -> failure.exitCode();
      default -> 1;
    };
  }
}
