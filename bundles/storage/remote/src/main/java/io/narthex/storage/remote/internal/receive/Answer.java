package io.narthex.storage.remote.internal.receive;

import org.jspecify.annotations.Nullable;

/**
 * What a sender is told.
 *
 * @param text the body, empty for none; a line feed follows it
 * @param written what was stored, null where the protocol does not tell
 */
record Answer(int status, String text, @Nullable Written written) {

  /** How much of each kind was stored. */
  record Written(long samples, long histograms, long exemplars) {
    static final Written NOTHING = new Written(0, 0, 0);
  }

  static Answer of(int status, @Nullable String text) {
    return new Answer(status, text == null ? "" : text, null);
  }
}
