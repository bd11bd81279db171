package io.narthex.model.relabel;

import java.util.Locale;

/** What a relabelling rule does. */
public enum RelabelAction {
  REPLACE,
  KEEP,
  DROP,
  KEEPEQUAL,
  DROPEQUAL,
  HASHMOD,
  LABELMAP,
  LABELDROP,
  LABELKEEP,
  LOWERCASE,
  UPPERCASE;

  /** The name in configuration files. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
