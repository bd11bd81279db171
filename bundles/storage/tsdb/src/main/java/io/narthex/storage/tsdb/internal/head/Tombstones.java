package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.block.Intervals;
import java.util.HashMap;
import java.util.Map;

/**
 * Time ranges whose samples were deleted, by series. Filled while the log is replayed and only read
 * afterwards.
 */
final class Tombstones {

  private final Map<Integer, Intervals> byRow = new HashMap<>();

  void add(int row, long start, long end) {
    byRow.merge(row, Intervals.of(start, end), Intervals::with);
  }

  Intervals of(int row) {
    return byRow.isEmpty() ? Intervals.NONE : byRow.getOrDefault(row, Intervals.NONE);
  }

  long count() {
    return byRow.size();
  }
}
