package io.narthex.storage.tsdb.internal.head;

import io.narthex.api.storage.Appender;
import io.narthex.api.storage.Querier;
import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.chunk.HistogramMerge;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;

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
  private final Gate appenders = new Gate();
  private final Gate queriers = new Gate();

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
    if (!appenders.enter()) {
      return new ClosedAppender();
    }
    head.counters().appendersCreated.increment();
    AppendBuffers b = pool.poll();
    return new HeadAppender(head, this, b == null ? new AppendBuffers(compression) : b);
  }

  public Querier querier(long minTime, long maxTime) throws StorageException {
    if (!queriers.enter()) {
      throw new StorageException(StorageException.Kind.NOT_READY, "TSDB not ready");
    }
    head.applyLock.lock();
    try {
      return new HeadQuerier(
          head, this, minTime, maxTime, head.isolation.open(), head.rows.count());
    } finally {
      head.applyLock.unlock();
    }
  }

  Commits commits() {
    return commits;
  }

  List<String> warnings() {
    return warnings;
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

  void release(AppendBuffers buffers) {
    if (buffers.recycle()) {
      boolean unused = pool.offer(buffers);
    }
    appenders.leave();
  }

  void release(HeadQuerier querier) {
    queriers.leave();
  }

  public int activeAppenders() {
    return appenders.inside();
  }

  /**
   * Lets nobody in any more and waits for the appenders and queriers that are open.
   *
   * @return how many were still open when the time was over
   */
  public int close(long timeoutMillis) throws InterruptedException {
    return appenders.close(timeoutMillis) + queriers.close(timeoutMillis);
  }
}
