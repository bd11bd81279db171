package io.narthex.storage.tsdb.internal.wal;

import java.io.IOException;
import java.nio.file.Path;

/** Damage in a segment. */
public final class WalCorruptionException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int segment;
  private final long goodEnd;

  /**
   * @param goodEnd where the last sound record before the damage ends
   */
  WalCorruptionException(Path file, int segment, long goodEnd, long offset, String what) {
    super("corruption in segment " + file + " at " + offset + ": " + what);
    this.segment = segment;
    this.goodEnd = goodEnd;
  }

  public int segment() {
    return segment;
  }

  /** Where the last sound record of the segment ends. */
  public long goodEnd() {
    return goodEnd;
  }
}
