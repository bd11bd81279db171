package io.narthex.api.lifecycle;

/** The cause given to actors when somebody asked the process to end; it is no failure. */
public final class ShutdownRequested extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * @param by who asked, for the log: {@code SIGTERM}, {@code the HTTP API} …
   */
  public ShutdownRequested(String by) {
    super(by, null, false, false);
  }
}
