package io.narthex.model;

/** A regular expression that does not compile; the message is the regular expression engine's. */
public final class RegexSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public RegexSyntaxException(String message, Throwable cause) {
    super(message, cause);
  }
}
