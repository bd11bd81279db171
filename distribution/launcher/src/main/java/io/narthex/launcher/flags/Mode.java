package io.narthex.launcher.flags;

/** The mode of the server in which a flag has a meaning. */
public enum Mode {
  BOTH,
  SERVER,
  AGENT
}
