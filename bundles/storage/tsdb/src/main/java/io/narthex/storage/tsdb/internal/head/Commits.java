package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.record.RecordType;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import io.narthex.storage.tsdb.internal.wal.RecordCompressor;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import io.narthex.storage.tsdb.internal.wal.WalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits appenders: first to the log, then to the head. Appenders that come at the same time are
 * written together: each queues itself and waits for the lock, and whoever gets it takes along what
 * is in the queue; the others find their work done. Records are encoded and compressed before, by
 * each appender for itself.
 *
 * <p>Series are logged in the order of their making, with the first commit after that, whoever's it
 * is: so no sample is ever in the log before its series.
 */
public final class Commits {

  /** Appenders that are committed together at most: bounds how long readers wait. */
  private static final int MAX_GROUP = 32;

  /** Bytes of labels in one record of series. */
  private static final int SERIES_RECORD = 1 << 18;

  private static final int[] NONE = {};

  private final Head head;
  private final WalWriter wal;
  private final OutOfOrderLog outOfOrderLog;
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentLinkedQueue<PendingCommit> queue = new ConcurrentLinkedQueue<>();
  private final List<PendingCommit> group = new ArrayList<>();
  private final List<RecordBatch> batches = new ArrayList<>();
  private final List<OutOfOrderBatch> lateBatches = new ArrayList<>();
  private final RecordBatch seriesBatch = new RecordBatch();
  private final RecordCompressor seriesCompressor;
  private final WriteBuffer seriesRecord = new WriteBuffer(4096);

  public Commits(
      Head head, WalWriter wal, OutOfOrderLog outOfOrderLog, WalCompression compression) {
    this.head = head;
    this.wal = wal;
    this.outOfOrderLog = outOfOrderLog;
    this.seriesCompressor = new RecordCompressor(compression);
  }

  void commit(PendingCommit commit) throws StorageException {
    queue.add(commit);
    lock.lock();
    try {
      while (!commit.done) {
        commitGroup();
      }
    } finally {
      lock.unlock();
    }
    if (commit.failure != null) {
      throw new StorageException(
          StorageException.Kind.IO, "write to WAL: " + commit.failure.getMessage(), commit.failure);
    }
  }

  /** Writes a record that belongs to no appender, after the series that are there. */
  void log(WriteBuffer record) throws StorageException {
    RecordBatch batch = new RecordBatch();
    lock.lock();
    try {
      int[] made = head.unlogged.toArray();
      batches.clear();
      if (made.length > 0) {
        encodeSeries(made);
        batches.add(seriesBatch);
      }
      seriesCompressor.add(batch, record.array(), 0, record.length());
      batches.add(batch);
      wal.write(batches);
      head.unlogged.logged(made.length);
    } catch (IOException e) {
      throw new StorageException(StorageException.Kind.IO, "write to WAL: " + e.getMessage(), e);
    } finally {
      seriesBatch.clear();
      lock.unlock();
    }
  }

  private void commitGroup() {
    group.clear();
    batches.clear();
    while (group.size() < MAX_GROUP) {
      PendingCommit next = queue.poll();
      if (next == null) {
        break;
      }
      group.add(next);
    }
    int[] made = head.unlogged.isEmpty() ? NONE : head.unlogged.toArray();
    if (made.length > 0) {
      encodeSeries(made);
      batches.add(seriesBatch);
    }
    for (PendingCommit c : group) {
      if (!c.records().isEmpty()) {
        batches.add(c.records());
      }
    }
    try {
      boolean outOfOrder = hasOutOfOrder();
      if (!batches.isEmpty()) {
        // Both logs have it or none: what one has and memory has not would come between later ones.
        wal.write(batches, this::logOutOfOrder);
      }
      head.unlogged.logged(made.length);
      apply(true, outOfOrder);
      if (hasOutOfOrder()) {
        logOutOfOrder();
        // In order when they were appended, but another commit was faster.
        apply(false, true);
        outOfOrder = true;
      }
      if (outOfOrder) {
        head.outOfOrder.cutTouched(head.isolation.lowWatermark());
      }
    } catch (IOException e) {
      fail(e);
    } catch (RuntimeException e) {
      // The others of the group wait for their result: none of them may take this for success.
      fail(new IOException("internal error: " + e, e));
    } finally {
      for (PendingCommit c : group) {
        c.done = true;
      }
      seriesBatch.clear();
    }
  }

  private void fail(IOException cause) {
    head.ingestion.failed(cause);
    for (PendingCommit c : group) {
      c.failure = cause;
    }
  }

  private void encodeSeries(int[] rows) {
    seriesRecord.clear();
    for (int i = 0; i < rows.length; i++) {
      if (seriesRecord.length() == 0) {
        seriesRecord.put(RecordType.SERIES);
      }
      head.encodeSeries(rows[i], seriesRecord);
      if (seriesRecord.length() >= SERIES_RECORD || i == rows.length - 1) {
        seriesCompressor.add(seriesBatch, seriesRecord.array(), 0, seriesRecord.length());
        seriesRecord.clear();
      }
    }
  }

  /** Collects the out-of-order samples of the group; false if there are none. */
  private boolean hasOutOfOrder() {
    lateBatches.clear();
    for (PendingCommit c : group) {
      OutOfOrderBatch late = c.outOfOrder();
      if (late != null) {
        lateBatches.add(late);
      }
    }
    return !lateBatches.isEmpty();
  }

  private void logOutOfOrder() throws IOException {
    if (!lateBatches.isEmpty()) {
      outOfOrderLog.write(head, lateBatches);
    }
  }

  private void apply(boolean inOrder, boolean outOfOrder) {
    head.applyLock.lock();
    try {
      head.isolation.beginCommit();
      boolean track = head.isolation.hasReaders();
      for (PendingCommit c : group) {
        if (outOfOrder) {
          c.applyOutOfOrder();
        }
        if (inOrder) {
          c.apply(track);
        }
      }
      head.isolation.endCommit();
    } finally {
      head.applyLock.unlock();
    }
  }

  /**
   * Begins to make blocks of the out-of-order samples that are there; null if there are none and
   * the log has none.
   */
  @Nullable OutOfOrderCompaction beginOutOfOrder() throws IOException {
    lock.lock();
    try {
      if (head.outOfOrder.isEmpty()) {
        return null;
      }
      int segment = outOfOrderLog.nextSegment();
      long newest = head.outOfOrder.cutAll(head.isolation.lowWatermark());
      return new OutOfOrderCompaction(head, this, newest, segment);
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #beginOutOfOrder} began. */
  void finishOutOfOrder(long newestChunk, int firstKeptSegment) throws IOException {
    lock.lock();
    try {
      head.applyLock.lock();
      try {
        head.isolation.beginCommit();
        head.outOfOrder.retire(newestChunk, head.isolation.applying());
        head.isolation.endCommit();
      } finally {
        head.applyLock.unlock();
      }
      head.outOfOrder.removeRetired(head.isolation.lowWatermark());
      outOfOrderLog.removeBefore(firstKeptSegment);
    } finally {
      lock.unlock();
    }
  }

  /** Lets the log go on in a new segment. */
  public void nextSegment() throws IOException {
    lock.lock();
    try {
      wal.nextSegment();
    } finally {
      lock.unlock();
    }
  }

  /** Writes what is still to be written of series that no commit followed, and ends the log. */
  public void close() throws IOException {
    lock.lock();
    try (outOfOrderLog;
        wal) {
      int[] made = head.unlogged.toArray();
      if (made.length > 0) {
        encodeSeries(made);
        wal.write(List.of(seriesBatch));
        head.unlogged.logged(made.length);
      }
    } finally {
      lock.unlock();
    }
  }
}
