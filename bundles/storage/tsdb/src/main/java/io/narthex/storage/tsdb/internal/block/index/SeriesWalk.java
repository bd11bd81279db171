package io.narthex.storage.tsdb.internal.block.index;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Goes through the labels of series entries that this process wrote itself, without checks. */
final class SeriesWalk {

  private final MemorySegment series;

  /** What position 0 of the segment is in the file. */
  private final long base;

  private long next;
  private long at;
  private int labels;

  SeriesWalk(MemorySegment series, long base) {
    this.series = series;
    this.base = base;
  }

  void restart() {
    next = 0;
  }

  /** Goes to the next entry and gives what names the series. */
  int next() {
    next += -(base + next) & (IndexFormat.SERIES_ALIGNMENT - 1);
    int id = (int) ((base + next) / IndexFormat.SERIES_ALIGNMENT);
    at = next;
    int length = number();
    next = at + length + 4;
    labels = number();
    return id;
  }

  int labelCount() {
    return labels;
  }

  /** The next number of the entry: names and values take turns. */
  int number() {
    int b = series.get(ValueLayout.JAVA_BYTE, at++);
    if (b >= 0) {
      return b;
    }
    int v = b & 0x7F;
    for (int shift = 7; ; shift += 7) {
      b = series.get(ValueLayout.JAVA_BYTE, at++);
      v |= (b & 0x7F) << shift;
      if (b >= 0) {
        return v;
      }
    }
  }
}
