package io.narthex.scrape.internal.target;

/** Labels that make no target; the message is the reference's. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1L;

  public TargetException(String message) {
    super(message, null, false, false);
  }
}
