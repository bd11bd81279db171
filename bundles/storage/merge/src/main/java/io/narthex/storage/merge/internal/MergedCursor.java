package io.narthex.storage.merge.internal;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.StorageException;
import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cursors of one series as one; where several have a timestamp, the first one's sample is taken.
 * Stretches that only one of them has are copied as a whole.
 */
public final class MergedCursor implements SampleCursor {

  private @Nullable SampleCursor[] cursors = new SampleCursor[2];
  private SampleBatch[] batches = {new SampleBatch(), new SampleBatch()};

  /** For each cursor the next sample in its batch; -1 at its end. */
  private int[] at = new int[2];

  private int count;
  private boolean started;

  private MergedCursor() {}

  /**
   * A cursor over the parts of a series.
   *
   * @param reuse a cursor that is no longer needed, or null
   */
  public static MergedCursor of(List<Series> parts, @Nullable SampleCursor reuse)
      throws StorageException {
    MergedCursor cursor = reuse instanceof MergedCursor m ? m : new MergedCursor();
    cursor.reset(parts);
    return cursor;
  }

  private void reset(List<Series> parts) throws StorageException {
    int n = parts.size();
    int had = batches.length;
    if (had < n) {
      cursors = Arrays.copyOf(cursors, n);
      batches = Arrays.copyOf(batches, n);
      at = new int[n];
      for (int i = had; i < n; i++) {
        batches[i] = new SampleBatch();
      }
    }
    for (int i = 0; i < n; i++) {
      cursors[i] = parts.get(i).cursor(cursors[i]);
    }
    count = n;
    started = false;
  }

  @Override
  public boolean next(SampleBatch out) throws StorageException {
    out.clear();
    if (!started) {
      started = true;
      for (int i = 0; i < count; i++) {
        fill(i);
      }
    }
    while (!out.isFull()) {
      int first = -1;
      long firstTime = Long.MAX_VALUE;
      long otherTime = Long.MAX_VALUE;
      for (int i = 0; i < count; i++) {
        if (at[i] >= 0) {
          long t = time(i);
          if (first < 0 || t < firstTime) {
            otherTime = first < 0 ? otherTime : firstTime;
            first = i;
            firstTime = t;
          } else {
            otherTime = Math.min(otherTime, t);
          }
        }
      }
      if (first < 0) {
        break;
      }
      take(first, otherTime, out);
    }
    return out.size > 0;
  }

  /** Takes the samples of one cursor before the next one of any other, at least one. */
  private void take(int from, long otherTime, SampleBatch out) throws StorageException {
    SampleBatch batch = batches[from];
    int start = at[from];
    int end = start + 1;
    int limit = Math.min(batch.size, start + out.capacity() - out.size);
    if (limit > end && batch.timestamps[limit - 1] < otherTime) {
      end = limit;
    } else {
      while (end < limit && batch.timestamps[end] < otherTime) {
        end++;
      }
    }
    copy(batch, start, end - start, out);
    long last = batch.timestamps[end - 1];
    at[from] = end;
    if (end == batch.size) {
      fill(from);
    }
    if (last >= otherTime) {
      for (int i = 0; i < count; i++) {
        skip(i, last);
      }
    }
  }

  /** Goes behind a time that was given. */
  private void skip(int i, long given) throws StorageException {
    while (at[i] >= 0 && time(i) <= given) {
      if (++at[i] == batches[i].size) {
        fill(i);
      }
    }
  }

  private long time(int i) {
    return batches[i].timestamps[at[i]];
  }

  private void fill(int i) throws StorageException {
    SampleCursor cursor = cursors[i];
    at[i] = cursor != null && cursor.next(batches[i]) ? 0 : -1;
  }

  private static void copy(SampleBatch from, int start, int n, SampleBatch to) {
    System.arraycopy(from.timestamps, start, to.timestamps, to.size, n);
    System.arraycopy(from.values, start, to.values, to.size, n);
    @Nullable FloatHistogram[] histograms = from.histograms;
    if (histograms != null) {
      @Nullable FloatHistogram[] column = to.histograms;
      if (column == null) {
        column = new FloatHistogram[to.capacity()];
        to.histograms = column;
      }
      System.arraycopy(histograms, start, column, to.size, n);
    }
    long[] starts = from.startTimestamps;
    if (starts != null) {
      long[] column = to.startTimestamps;
      if (column == null) {
        column = new long[to.capacity()];
        to.startTimestamps = column;
      }
      System.arraycopy(starts, start, column, to.size, n);
    }
    to.size += n;
  }

  @Override
  public void seek(long timestamp) throws StorageException {
    for (int i = 0; i < count; i++) {
      SampleCursor cursor = cursors[i];
      if (cursor == null) {
        continue;
      }
      cursor.seek(timestamp);
      if (started && timestamp > Long.MIN_VALUE) {
        skip(i, timestamp - 1);
      }
    }
  }
}
