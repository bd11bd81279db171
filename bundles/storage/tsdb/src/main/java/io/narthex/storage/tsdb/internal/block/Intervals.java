package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.SampleBatch;
import java.util.Arrays;

/**
 * Time ranges in which the samples of a series are deleted: ascending, both ends included, with a
 * gap between them. Immutable.
 */
public final class Intervals {

  public static final Intervals NONE = new Intervals(new long[0]);

  /** start, end, start, end … */
  private final long[] bounds;

  private Intervals(long[] bounds) {
    this.bounds = bounds;
  }

  public static Intervals of(long start, long end) {
    return NONE.with(start, end);
  }

  public boolean isEmpty() {
    return bounds.length == 0;
  }

  public int count() {
    return bounds.length / 2;
  }

  public long start(int i) {
    return bounds[2 * i];
  }

  public long end(int i) {
    return bounds[2 * i + 1];
  }

  /** These ranges and one more, which is joined with those that it touches. */
  public Intervals with(long start, long end) {
    if (start > end) {
      return this;
    }
    int first = 0;
    // Without overflow: the range before ends before start - 1.
    while (first < bounds.length && bounds[first + 1] < start && bounds[first + 1] + 1 < start) {
      first += 2;
    }
    int behind = first;
    long from = start;
    long to = end;
    while (behind < bounds.length && (bounds[behind] <= to || bounds[behind] - 1 <= to)) {
      from = Math.min(from, bounds[behind]);
      to = Math.max(to, bounds[behind + 1]);
      behind += 2;
    }
    long[] out = new long[first + 2 + bounds.length - behind];
    System.arraycopy(bounds, 0, out, 0, first);
    out[first] = from;
    out[first + 1] = to;
    System.arraycopy(bounds, behind, out, first + 2, bounds.length - behind);
    return new Intervals(out);
  }

  /** These ranges and others. */
  public Intervals with(Intervals others) {
    Intervals out = this;
    for (int i = 0; i < others.count(); i++) {
      out = out.with(others.start(i), others.end(i));
    }
    return out;
  }

  /** The part of these ranges that lies from a time to another one, both included. */
  public Intervals within(long start, long end) {
    Intervals out = NONE;
    for (int i = 0; i < count(); i++) {
      out = out.with(Math.max(start, start(i)), Math.min(end, end(i)));
    }
    return out;
  }

  /** Index of the first range that ends at or after a time. */
  private int at(long t) {
    int low = 0;
    int high = count();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (end(middle) < t) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  public boolean has(long t) {
    int i = at(t);
    return i < count() && start(i) <= t;
  }

  /** Whether a time from min to max, both included, is in a range. */
  public boolean overlaps(long min, long max) {
    int i = at(min);
    return i < count() && start(i) <= max;
  }

  /** Whether all times from min to max, both included, are in a range. */
  public boolean covers(long min, long max) {
    int i = at(min);
    return i < count() && start(i) <= min && end(i) >= max;
  }

  /** Takes deleted samples out of the first n of a batch; returns how many stay. */
  public int remove(SampleBatch batch, int n) {
    int kept = 0;
    for (int i = 0; i < n; i++) {
      if (!has(batch.timestamps[i])) {
        batch.timestamps[kept] = batch.timestamps[i];
        batch.values[kept] = batch.values[i];
        if (batch.histograms != null) {
          batch.histograms[kept] = batch.histograms[i];
        }
        if (batch.startTimestamps != null) {
          batch.startTimestamps[kept] = batch.startTimestamps[i];
        }
        kept++;
      }
    }
    return kept;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Intervals i && Arrays.equals(bounds, i.bounds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bounds);
  }

  @Override
  public String toString() {
    return Arrays.toString(bounds);
  }
}
