package io.narthex.launcher.flags;

/** How far the server heeds a flag. */
public enum Support {
  /** It does what it says. */
  FULL,

  /** It has a meaning only for Go programs, or the platform does the same without being asked. */
  NEEDLESS,

  /** It tunes a part that does not exist yet: accepted, with a warning. */
  WARNED,

  /** It switches on a part that does not exist yet: the server does not start with it. */
  REFUSED
}
