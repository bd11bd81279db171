package io.narthex.promql.internal.parse;

/** A text that is no valid PromQL; the message has position and words of the reference. */
public final class ParseException extends Exception {
  private static final long serialVersionUID = 1L;

  public ParseException(String message) {
    super(message, null, false, false);
  }
}
