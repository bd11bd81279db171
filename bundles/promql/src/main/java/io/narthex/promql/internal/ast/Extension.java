package io.narthex.promql.internal.ast;

import java.util.Locale;

/** How a selector treats the bounds of its range. */
public enum Extension {
  NONE,
  ANCHORED,
  SMOOTHED;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
