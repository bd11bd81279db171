package io.narthex.storage.fanout.internal;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.StorageException;
import io.narthex.model.histogram.FloatHistogram;
import java.util.List;

/**
 * Cursors of one series as one; where several have a timestamp, the first one's sample is taken.
 */
final class MergedCursor implements SampleCursor {

  private final SampleCursor[] cursors;
  private final SampleBatch[] batches;

  /** For each cursor the next sample in its batch; -1 at its end. */
  private final int[] at;

  private boolean started;

  MergedCursor(List<SampleCursor> cursors) {
    this.cursors = cursors.toArray(SampleCursor[]::new);
    this.batches = new SampleBatch[cursors.size()];
    this.at = new int[cursors.size()];
    for (int i = 0; i < batches.length; i++) {
      batches[i] = new SampleBatch();
    }
  }

  @Override
  public boolean next(SampleBatch out) throws StorageException {
    out.clear();
    if (!started) {
      started = true;
      for (int i = 0; i < cursors.length; i++) {
        fill(i);
      }
    }
    while (!out.isFull()) {
      int first = -1;
      for (int i = 0; i < cursors.length; i++) {
        if (at[i] >= 0 && (first < 0 || time(i) < time(first))) {
          first = i;
        }
      }
      if (first < 0) {
        break;
      }
      long t = time(first);
      copy(batches[first], at[first], out);
      for (int i = 0; i < cursors.length; i++) {
        while (at[i] >= 0 && time(i) <= t) {
          if (++at[i] == batches[i].size) {
            fill(i);
          }
        }
      }
    }
    return out.size > 0;
  }

  private long time(int i) {
    return batches[i].timestamps[at[i]];
  }

  private void fill(int i) throws StorageException {
    at[i] = cursors[i].next(batches[i]) ? 0 : -1;
  }

  private static void copy(SampleBatch from, int i, SampleBatch to) {
    FloatHistogram histogram = from.histograms == null ? null : from.histograms[i];
    int k = to.size;
    if (histogram == null) {
      to.add(from.timestamps[i], from.values[i]);
    } else {
      to.add(from.timestamps[i], histogram);
    }
    if (from.startTimestamps != null) {
      long[] starts = to.startTimestamps;
      if (starts == null) {
        starts = new long[to.capacity()];
        to.startTimestamps = starts;
      }
      starts[k] = from.startTimestamps[i];
    }
  }

  @Override
  public void seek(long timestamp) throws StorageException {
    for (int i = 0; i < cursors.length; i++) {
      cursors[i].seek(timestamp);
      if (!started) {
        continue;
      }
      while (at[i] >= 0 && time(i) < timestamp) {
        if (++at[i] == batches[i].size) {
          fill(i);
        }
      }
    }
  }
}
