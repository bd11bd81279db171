package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The way to an open head: gives out appenders and queriers, counts them, and keeps the memory of
 * the appenders for the next ones.
 */
public final class HeadAccess {

  private static final int POOLED = 64;

  private final Head head;
  private final Commits commits;
  private final WalCompression compression;
  private final List<String> warnings;
  private final ArrayBlockingQueue<AppendBuffers> pool = new ArrayBlockingQueue<>(POOLED);
  private final TimeBounds bounds = new TimeBounds();
  private final TimeBounds readerBounds = new TimeBounds();

  /**
   * @param warnings what every query is told
   */
  public HeadAccess(Head head, Commits commits, WalCompression compression, List<String> warnings) {
    this.head = head;
    this.commits = commits;
    this.compression = compression;
    this.warnings = List.copyOf(warnings);
  }

  /** A new appender; one that refuses everything if the head was closed. */
  public Appender appender() {
    long epoch = head.appenders.enter();
    if (epoch < 0) {
      return new ClosedAppender();
    }
    head.counters().appendersCreated.increment();
    AppendBuffers b = pool.poll();
    return new HeadAppender(head, this, b == null ? new AppendBuffers(compression) : b, epoch);
  }

  /**
   * A view on the head as it is now. Truncation waits for those that need what it is going to drop;
   * one that is opened later does not have it any more. So who reads blocks, too, takes them after
   * this: what is missing here is in a block by then.
   */
  public Querier querier(long minTime, long maxTime) throws StorageException {
    long epoch = enter();
    head.applyLock.lock();
    try {
      long start = Math.max(minTime, head.truncated());
      boolean before = maxTime < head.minTime();
      long bound = readerBounds.enter(() -> before ? Long.MAX_VALUE : start);
      return new HeadQuerier(
          head,
          minTime,
          start,
          maxTime,
          head.isolation.open(),
          head.rows.bound(),
          warnings,
          () -> {
            readerBounds.leave(bound);
            head.readers.leave(epoch);
          });
    } finally {
      head.applyLock.unlock();
    }
  }

  private long enter() throws StorageException {
    long epoch = head.readers.enter();
    if (epoch < 0) {
      throw new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready");
    }
    return epoch;
  }

  /**
   * The series with their chunks in a time range, for a block. Commits that go on meanwhile may or
   * may not be in it; who needs all of a range waits for its appenders first.
   *
   * @param maxTime the end of the range, excluded
   */
  public SeriesChunks chunks(long minTime, long maxTime) throws StorageException {
    long epoch = enter();
    AtomicBoolean closed = new AtomicBoolean();
    Runnable leave =
        () -> {
          if (closed.compareAndSet(false, true)) {
            head.readers.leave(epoch);
          }
        };
    try {
      return new HeadChunks(head, minTime, maxTime, leave);
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  /**
   * Waits until no open appender takes samples before a time; new ones do not as long as the time
   * is at least half a chunk range older than the newest sample.
   */
  public void awaitAppendersBefore(long time) throws InterruptedException {
    bounds.awaitNoneBefore(time);
  }

  /**
   * Deletes what the series that all matchers accept have from a time to another one, both
   * included. Not while the head is truncated.
   *
   * @return how many series have lost samples
   */
  public int delete(long start, long end, List<LabelMatcher> matchers) throws StorageException {
    long epoch = enter();
    try {
      return new HeadDeletion(head, commits).delete(start, end, matchers);
    } finally {
      head.readers.leave(epoch);
    }
  }

  /** Waits until no open querier reads what is before a time. */
  void awaitReadersBefore(long time) throws InterruptedException {
    readerBounds.awaitNoneBefore(time);
  }

  /** The oldest time that a sample may still be appended at. */
  long oldestAppend() {
    return Math.min(bounds.oldest(), head.appendableFrom());
  }

  TimeBounds bounds() {
    return bounds;
  }

  /** Begins to make blocks of out-of-order samples; null if there are none. */
  public @Nullable OutOfOrderCompaction beginOutOfOrderCompaction() throws IOException {
    return commits.beginOutOfOrder();
  }

  Commits commits() {
    return commits;
  }

  SeriesSnapshot snapshot(int row) {
    SeriesSnapshot snapshot = new SeriesSnapshot();
    snapshot.read(head.rows, row);
    return snapshot;
  }

  /** Whether this is the series' newest sample. */
  boolean isNewest(int row, long t, Object histogram) {
    head.applyLock.lock();
    try {
      Object last = head.histograms.last(row);
      return last != null && head.rows.lastTime(row) == t && HistogramMerge.isSame(last, histogram);
    } finally {
      head.applyLock.unlock();
    }
  }

  void release(AppendBuffers buffers, long epoch) {
    if (buffers.recycle()) {
      boolean unused = pool.offer(buffers);
    }
    head.appenders.leave(epoch);
  }

  public int activeAppenders() {
    return head.appenders.inside();
  }

  /**
   * Lets nobody in any more and waits for the appenders and queriers that are open.
   *
   * @return how many were still open when the time was over
   */
  public int close(long timeoutMillis) throws InterruptedException {
    return head.appenders.close(timeoutMillis) + head.readers.close(timeoutMillis);
  }
}
