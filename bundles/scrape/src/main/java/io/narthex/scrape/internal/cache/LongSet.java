package io.narthex.scrape.internal.cache;

/** A set of positive numbers in one array. */
final class LongSet {

  private final long[] slots;

  /**
   * @param most how many different numbers will be added
   */
  LongSet(int most) {
    int size = 16;
    while (size < most * 2L) {
      size *= 2;
    }
    slots = new long[size];
  }

  /** Adds a number; false if it was there. */
  boolean add(long value) {
    int mask = slots.length - 1;
    int s = (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (slots[s] != 0) {
      if (slots[s] == value) {
        return false;
      }
      s = (s + 1) & mask;
    }
    slots[s] = value;
    return true;
  }
}
