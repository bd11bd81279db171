package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.block.Intervals;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Time ranges whose samples were deleted, by series. Any number of threads may read and add. */
final class Tombstones {

  private final Map<Integer, Intervals> byRow = new ConcurrentHashMap<>();

  void add(int row, long start, long end) {
    byRow.merge(row, Intervals.of(start, end), Intervals::with);
  }

  Intervals of(int row) {
    return byRow.isEmpty() ? Intervals.NONE : byRow.getOrDefault(row, Intervals.NONE);
  }

  /** Forgets the ranges of a series that is no longer there. */
  void remove(int row) {
    byRow.remove(row);
  }

  /** Forgets the parts of ranges that are before a time, as no sample is. */
  void truncate(long minTime) {
    for (Integer row : byRow.keySet()) {
      byRow.computeIfPresent(
          row,
          (r, ranges) -> {
            Intervals left = ranges.within(minTime, Long.MAX_VALUE);
            return left.isEmpty() ? null : left;
          });
    }
  }

  long count() {
    return byRow.size();
  }
}
