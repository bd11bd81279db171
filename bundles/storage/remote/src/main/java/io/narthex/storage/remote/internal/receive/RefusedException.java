package io.narthex.storage.remote.internal.receive;

/** A request that is answered with an error status. Has no stack trace: it may come often. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  final int status;

  RefusedException(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The message, which is never null. */
  String text() {
    return String.valueOf(getMessage());
  }
}
