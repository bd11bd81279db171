package io.narthex.storage.tsdb.internal.compact;

import java.util.Arrays;

/**
 * The durations that blocks are compacted to, in milliseconds, ascending, each three times the one
 * before.
 */
public final class CompactionRanges {

  private static final int STEPS = 10;
  private static final int FACTOR = 3;

  private final long[] ranges;

  private CompactionRanges(long[] ranges) {
    this.ranges = ranges;
  }

  /**
   * @param min the duration of the smallest block, above 0
   * @param max what no block is compacted beyond; {@code min} if it is less
   */
  public static CompactionRanges of(long min, long max) {
    long[] all = new long[STEPS];
    int n = 0;
    for (long r = min; n < STEPS && r > 0 && r <= Math.max(min, max); r *= FACTOR) {
      all[n++] = r;
      if (r > Long.MAX_VALUE / FACTOR) {
        break;
      }
    }
    return new CompactionRanges(Arrays.copyOf(all, n));
  }

  public int count() {
    return ranges.length;
  }

  public long get(int i) {
    return ranges[i];
  }

  /** Blocks of at least this duration are rewritten for what was deleted in them. */
  long rewritable() {
    return ranges[ranges.length / 2];
  }

  @Override
  public String toString() {
    return Arrays.toString(ranges);
  }
}
