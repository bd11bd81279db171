package io.narthex.storage.tsdb.internal.block;

import java.util.Map;
import java.util.TreeMap;

/** Which samples of a block are deleted, by what its index calls the series. Immutable. */
public final class BlockTombstones {

  public static final BlockTombstones NONE = new Builder().build();

  /** Ascending without sign. */
  private final int[] series;

  private final Intervals[] intervals;
  private final long count;

  private BlockTombstones(int[] series, Intervals[] intervals) {
    this.series = series;
    this.intervals = intervals;
    long n = 0;
    for (Intervals i : intervals) {
      n += i.count();
    }
    count = n;
  }

  /** Collects ranges in any order. */
  public static final class Builder {
    private final TreeMap<Integer, Intervals> ranges = new TreeMap<>(Integer::compareUnsigned);

    /** Begins with all that others have. */
    public Builder addAll(BlockTombstones others) {
      for (int i = 0; i < others.series.length; i++) {
        ranges.merge(others.series[i], others.intervals[i], Intervals::with);
      }
      return this;
    }

    /** Adds a range, both ends included. */
    public Builder add(int id, long start, long end) {
      Intervals there = ranges.getOrDefault(id, Intervals.NONE);
      Intervals more = there.with(start, end);
      if (!more.isEmpty()) {
        ranges.put(id, more);
      }
      return this;
    }

    public BlockTombstones build() {
      int[] ids = new int[ranges.size()];
      Intervals[] all = new Intervals[ranges.size()];
      int n = 0;
      for (Map.Entry<Integer, Intervals> e : ranges.entrySet()) {
        ids[n] = e.getKey();
        all[n++] = e.getValue();
      }
      return new BlockTombstones(ids, all);
    }
  }

  public boolean isEmpty() {
    return series.length == 0;
  }

  /** How many ranges there are. */
  public long count() {
    return count;
  }

  /** How many series have ranges. */
  public int seriesCount() {
    return series.length;
  }

  /** The i-th series that has ranges. */
  public int series(int i) {
    return series[i];
  }

  /** The ranges of {@link #series}. */
  public Intervals intervals(int i) {
    return intervals[i];
  }

  /** The ranges of a series. */
  public Intervals of(int id) {
    int low = 0;
    int high = series.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int c = Integer.compareUnsigned(series[middle], id);
      if (c == 0) {
        return intervals[middle];
      }
      if (c < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Intervals.NONE;
  }
}
