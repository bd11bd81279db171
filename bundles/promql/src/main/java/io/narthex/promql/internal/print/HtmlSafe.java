package io.narthex.promql.internal.print;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import org.jspecify.annotations.Nullable;

/** JSON strings in which the characters that mean something in HTML are escaped too. */
final class HtmlSafe extends CharacterEscapes {
  private static final long serialVersionUID = 1L;

  private static final int[] ESCAPES = standardAsciiEscapesForJSON();

  static {
    ESCAPES['<'] = ESCAPE_STANDARD;
    ESCAPES['>'] = ESCAPE_STANDARD;
    ESCAPES['&'] = ESCAPE_STANDARD;
  }

  @Override
  public int[] getEscapeCodesForAscii() {
    return ESCAPES.clone();
  }

  @Override
  public @Nullable SerializableString getEscapeSequence(int ch) {
    return null;
  }
}
