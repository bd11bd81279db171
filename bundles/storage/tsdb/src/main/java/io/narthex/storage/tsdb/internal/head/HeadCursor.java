package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.Intervals;
import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import io.narthex.storage.tsdb.internal.chunk.HistogramReader;
import io.narthex.storage.tsdb.internal.chunk.XorFormat;
import io.narthex.storage.tsdb.internal.chunk.XorReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the samples of one series of the head, a chunk at a time. */
final class HeadCursor implements SampleCursor {

  private final SeriesSnapshot snapshot = new SeriesSnapshot();
  private final XorReader open = new XorReader();
  private final XorReader complete = new XorReader();

  /** Complete chunks in the time range, the newest first; {@link #remaining} are still to come. */
  private int[] places = new int[16];

  private int remaining;
  private boolean openRemains;
  private XorReader current = complete;

  /** Set while the current chunk is of histograms. */
  private @Nullable HistogramReader histograms;

  private ChunkMemory chunks;
  private Intervals deleted = Intervals.NONE;
  private long start;
  private long end;

  HeadCursor(ChunkMemory chunks) {
    this.chunks = chunks;
    complete.reset(0, 0);
  }

  /** Begins with a series; samples outside of start and end, both included, are left out. */
  HeadCursor reset(Head head, int row, long from, long to, long commit) {
    chunks = head.chunks;
    snapshot.read(head.rows, chunks, head.histograms.open, row, open);
    start = from;
    end = Math.min(to, head.isolation.visibleUntil(row, commit));
    deleted = head.tombstones.of(row);
    complete.reset(0, 0);
    current = complete;
    openRemains = snapshot.hasOpen && snapshot.openMinTime <= end && snapshot.lastTime >= start;
    if (openRemains && snapshot.openHistograms == null) {
      open.reset(snapshot.openLength, snapshot.openSamples);
    }
    remaining = 0;
    for (int place = snapshot.closed; place != 0; place = chunks.before(place)) {
      if (chunks.maxTime(place) < start) {
        break;
      }
      if (chunks.minTime(place) <= end) {
        if (remaining == places.length) {
          places = Arrays.copyOf(places, remaining * 2);
        }
        places[remaining++] = place;
      }
    }
    return this;
  }

  @Override
  public boolean next(SampleBatch batch) throws StorageException {
    batch.clear();
    while (true) {
      try {
        if (!hasRemaining() && !nextChunk()) {
          return false;
        }
        if (histograms != null) {
          histograms.read(batch);
        } else {
          current.read(batch);
        }
      } catch (IllegalStateException e) {
        throw new StorageException(StorageException.Kind.CORRUPT, "head: " + e.getMessage(), e);
      }
      boolean past = batch.size > 0 && batch.timestamps[batch.size - 1] >= end;
      clip(batch);
      if (past) {
        complete.reset(0, 0);
        current = complete;
        histograms = null;
        remaining = 0;
        openRemains = false;
      }
      if (batch.size > 0) {
        return true;
      }
      batch.clear();
    }
  }

  private boolean hasRemaining() {
    return histograms != null ? histograms.hasRemaining() : current.hasRemaining();
  }

  private boolean nextChunk() {
    histograms = null;
    while (remaining > 0) {
      int place = places[--remaining];
      if (chunks.maxTime(place) < start) {
        continue;
      }
      int length = chunks.length(place);
      int encoding = chunks.encoding(place);
      if (encoding == XorFormat.ENCODING) {
        chunks.copy(place, complete.buffer(length), length);
        complete.reset(length, chunks.samples(place));
        current = complete;
      } else {
        byte[] data = new byte[length];
        chunks.copy(place, data, length);
        histograms = new HistogramReader(encoding, data, length, chunks.samples(place));
      }
      return true;
    }
    if (openRemains) {
      openRemains = false;
      byte[] data = snapshot.openHistograms;
      if (data != null) {
        int encoding =
            snapshot.kind == SeriesRows.HISTOGRAM
                ? HistogramChunk.ENCODING
                : HistogramChunk.FLOAT_ENCODING;
        histograms = new HistogramReader(encoding, data, data.length, snapshot.openSamples);
      } else {
        current = open;
      }
      return true;
    }
    return false;
  }

  /** Takes out of the batch what is not wanted. */
  private void clip(SampleBatch batch) {
    int n = batch.size;
    while (n > 0 && batch.timestamps[n - 1] > end) {
      n--;
    }
    int first = 0;
    while (first < n && batch.timestamps[first] < start) {
      first++;
    }
    if (first > 0) {
      System.arraycopy(batch.timestamps, first, batch.timestamps, 0, n - first);
      System.arraycopy(batch.values, first, batch.values, 0, n - first);
      if (batch.histograms != null) {
        System.arraycopy(batch.histograms, first, batch.histograms, 0, n - first);
      }
      n -= first;
    }
    batch.size = deleted.isEmpty() ? n : deleted.remove(batch, n);
  }

  @Override
  public void seek(long timestamp) {
    start = Math.max(start, timestamp);
  }
}
