package io.narthex.launcher.flags;

/**
 * One flag.
 *
 * @param name without dashes
 * @param defaultText as one would write it on the command line
 * @param pid the configuration whose property of the same name carries the value
 * @param help a sentence or two
 */
public record Flag(
    String name,
    FlagType type,
    String defaultText,
    Mode mode,
    boolean repeatable,
    boolean hidden,
    Support support,
    String pid,
    String help) {

  static Flag of(String name, FlagType type, String defaultText, String help) {
    return new Flag(
        name, type, defaultText, Mode.BOTH, false, false, Support.FULL, Areas.pidOf(name), help);
  }

  Flag in(Mode only) {
    return new Flag(name, type, defaultText, only, repeatable, hidden, support, pid, help);
  }

  Flag asRepeatable() {
    return new Flag(name, type, defaultText, mode, true, hidden, support, pid, help);
  }

  Flag asHidden() {
    return new Flag(name, type, defaultText, mode, repeatable, true, support, pid, help);
  }

  Flag with(Support howFar) {
    return new Flag(name, type, defaultText, mode, repeatable, hidden, howFar, pid, help);
  }

  /** Whether the flag takes no value and has a negation. */
  public boolean isSwitch() {
    return type == FlagType.BOOLEAN;
  }

  /** The help with the mode in which the flag may be used. */
  public String fullHelp() {
    return switch (mode) {
      case BOTH -> help;
      case SERVER -> help + " Use with server mode only.";
      case AGENT -> help + " Use with agent mode only.";
    };
  }
}
