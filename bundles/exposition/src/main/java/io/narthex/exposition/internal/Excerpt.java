package io.narthex.exposition.internal;

import io.narthex.model.GoQuote;

/** A part of a body as error messages show it. */
public final class Excerpt {

  /** Longer parts are cut: a message must not grow with a hostile body. */
  static final int LIMIT = 16 * 1024;

  private Excerpt() {}

  public static String quote(byte[] b, int from, int to) {
    if (to - from <= LIMIT) {
      return GoQuote.quote(b, from, to - from);
    }
    return GoQuote.quote(b, from, LIMIT) + "...";
  }
}
