package io.narthex.model;

/** Which names metrics and labels may have. */
public enum NameValidation {
  /** ASCII letters, digits, underscores, and colons in metric names. */
  LEGACY,
  /** Any non-empty valid UTF-8. */
  UTF8
}
