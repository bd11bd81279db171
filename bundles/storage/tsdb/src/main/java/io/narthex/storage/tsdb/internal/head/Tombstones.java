package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.SampleBatch;
import java.util.HashMap;
import java.util.Map;

/**
 * Time ranges whose samples were deleted, by series. Filled while the log is replayed and only read
 * afterwards.
 */
final class Tombstones {

  /** Ranges of one series, both ends included. */
  static final class Intervals {
    static final Intervals NONE = new Intervals(new long[0]);

    /** start, end, start, end … */
    private final long[] bounds;

    private Intervals(long[] bounds) {
      this.bounds = bounds;
    }

    boolean isEmpty() {
      return bounds.length == 0;
    }

    private Intervals with(long start, long end) {
      long[] more = java.util.Arrays.copyOf(bounds, bounds.length + 2);
      more[bounds.length] = start;
      more[bounds.length + 1] = end;
      return new Intervals(more);
    }

    private boolean has(long t) {
      for (int i = 0; i < bounds.length; i += 2) {
        if (t >= bounds[i] && t <= bounds[i + 1]) {
          return true;
        }
      }
      return false;
    }

    /** Takes deleted samples out of the first n of a batch; returns how many stay. */
    int remove(SampleBatch batch, int n) {
      int kept = 0;
      for (int i = 0; i < n; i++) {
        if (!has(batch.timestamps[i])) {
          batch.timestamps[kept] = batch.timestamps[i];
          batch.values[kept] = batch.values[i];
          if (batch.histograms != null) {
            batch.histograms[kept] = batch.histograms[i];
          }
          kept++;
        }
      }
      return kept;
    }
  }

  private final Map<Integer, Intervals> byRow = new HashMap<>();

  void add(int row, long start, long end) {
    byRow.merge(row, Intervals.NONE.with(start, end), (old, added) -> old.with(start, end));
  }

  Intervals of(int row) {
    return byRow.isEmpty() ? Intervals.NONE : byRow.getOrDefault(row, Intervals.NONE);
  }

  long count() {
    return byRow.size();
  }
}
