package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkData;
import io.narthex.storage.tsdb.internal.block.index.SeriesEntry;
import io.narthex.storage.tsdb.internal.chunk.ChunkDecoder;

/**
 * Reads the samples of one series of a block, a chunk at a time; chunks that have nothing of the
 * time range are not read.
 */
final class BlockCursor implements SampleCursor {

  private final SeriesEntry entry = new SeriesEntry();
  private final ChunkData data = new ChunkData();
  private final ChunkDecoder decoder = new ChunkDecoder();
  private Block block;
  private Intervals deleted = Intervals.NONE;
  private int chunk;
  private long start;
  private long end;

  BlockCursor(Block block) {
    this.block = block;
  }

  /** Begins with a series; samples outside of from and to, both included, are left out. */
  BlockCursor reset(Block of, int id, long from, long to, Intervals without)
      throws StorageException {
    block = of;
    start = from;
    end = to;
    deleted = without;
    chunk = 0;
    decoder.clear();
    try {
      block.index().read(id, entry);
      int unused = entry.readChunks(from, to);
      return this;
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  @Override
  public boolean next(SampleBatch batch) throws StorageException {
    try {
      return fill(batch);
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  private boolean fill(SampleBatch batch) throws StorageException {
    batch.clear();
    while (true) {
      if (!decoder.hasRemaining() && !open()) {
        return false;
      }
      try {
        decoder.read(batch);
      } catch (IllegalStateException e) {
        throw new StorageException(
            StorageException.Kind.CORRUPT,
            block.directory()
                + ": chunk "
                + Long.toHexString(entry.ref(chunk - 1))
                + ": "
                + e.getMessage(),
            e);
      }
      clip(batch);
      if (batch.size > 0) {
        // Times ascend, even where a damaged block's do not.
        start = batch.timestamps[batch.size - 1] + 1;
        return true;
      }
      batch.clear();
    }
  }

  /** Goes to the next chunk that has something left. */
  private boolean open() throws StorageException {
    while (chunk < entry.chunkCount()) {
      int i = chunk++;
      if (entry.maxTime(i) < start || deleted.covers(entry.minTime(i), entry.maxTime(i))) {
        continue;
      }
      if (entry.minTime(i) > end) {
        return false;
      }
      block.chunks().read(entry.ref(i), data);
      try {
        decoder.reset(data.encoding(), data.bytes(), data.length());
      } catch (IllegalStateException e) {
        throw new StorageException(
            StorageException.Kind.CORRUPT,
            block.directory() + ": chunk " + Long.toHexString(entry.ref(i)) + ": " + e.getMessage(),
            e);
      }
      if (decoder.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** Takes out of the batch what is not wanted. */
  private void clip(SampleBatch batch) {
    int n = batch.size;
    if (n > 0 && batch.timestamps[n - 1] > end) {
      decoder.clear();
      chunk = entry.chunkCount();
      while (n > 0 && batch.timestamps[n - 1] > end) {
        n--;
      }
    }
    int first = 0;
    while (first < n && batch.timestamps[first] < start) {
      first++;
    }
    if (first > 0) {
      n -= first;
      System.arraycopy(batch.timestamps, first, batch.timestamps, 0, n);
      System.arraycopy(batch.values, first, batch.values, 0, n);
      if (batch.histograms != null) {
        System.arraycopy(batch.histograms, first, batch.histograms, 0, n);
      }
      if (batch.startTimestamps != null) {
        System.arraycopy(batch.startTimestamps, first, batch.startTimestamps, 0, n);
      }
    }
    batch.size = deleted.isEmpty() ? n : deleted.remove(batch, n);
  }

  @Override
  public void seek(long timestamp) {
    start = Math.max(start, timestamp);
  }
}
