package io.narthex.launcher.flags;

/** A command line that does not start a server: what to tell the user, and the exit code. */
public final class CommandLineException extends Exception {
  private static final long serialVersionUID = 1L;

  /** The code for flags that cannot be parsed or whose value is refused while starting. */
  public static final int UNPARSABLE = 2;

  /** The code for what the server refuses to do. */
  public static final int REFUSED = 1;

  /** The code for flags of the other mode. */
  public static final int WRONG_MODE = 3;

  private final int exitCode;

  public CommandLineException(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
