package io.narthex.storage.tsdb.internal.head;

import java.util.TreeMap;

/**
 * What readers may see. Commits are numbered; a reader sees those up to the number that was the
 * last one when it began.
 *
 * <p>As samples of a series come in ascending time, what a reader may see of it is what is not
 * newer than the series' newest sample was when the reader began. That time is written down in an
 * {@link UndoLog} before a commit adds to a series, and only while there is a reader that needs it:
 * without readers isolation costs a commit nothing.
 *
 * <p>Readers begin, and commits are applied, under the head's apply lock; readers end at any time.
 */
final class Isolation {

  private static final int PRUNE_FROM = 1 << 16;

  /** Readers by the commit that they see last. */
  private final TreeMap<Long, Integer> active = new TreeMap<>();

  private final UndoLog undo = new UndoLog();
  private volatile long committed;
  private long newestReader = -1;
  private int pruneAt = PRUNE_FROM;

  /** Begins to read; under the apply lock. */
  long open() {
    long snapshot = committed;
    synchronized (active) {
      active.merge(snapshot, 1, Integer::sum);
    }
    return snapshot;
  }

  void close(long snapshot) {
    synchronized (active) {
      active.computeIfPresent(snapshot, (k, n) -> n == 1 ? null : n - 1);
    }
  }

  /** Begins to apply a commit; under the apply lock. */
  void beginCommit() {
    long oldest;
    synchronized (active) {
      newestReader = active.isEmpty() ? -1 : active.lastKey();
      oldest = active.isEmpty() ? -1 : active.firstKey();
    }
    if (newestReader < 0) {
      undo.clear();
      pruneAt = PRUNE_FROM;
    } else if (undo.size() > pruneAt) {
      undo.prune(oldest);
      pruneAt = Math.max(PRUNE_FROM, undo.size() * 2);
    }
  }

  /** Whether the commit must tell {@link #beforeAppend} of what it adds to. */
  boolean hasReaders() {
    return newestReader >= 0;
  }

  /** Notes the newest time of a series that the commit is going to add to. */
  void beforeAppend(int row, long lastTime) {
    undo.add(row, committed + 1, lastTime, newestReader);
  }

  /** The number of the commit that is being applied. */
  long applying() {
    return committed + 1;
  }

  void endCommit() {
    long next = committed + 1;
    committed = next;
  }

  /**
   * The time up to which a reader sees the series. To be asked after the series was read: what was
   * added before that has left its note.
   */
  long visibleUntil(int row, long snapshot) {
    return undo.lastTimeAt(row, snapshot);
  }

  long highWatermark() {
    return committed;
  }

  long lowWatermark() {
    synchronized (active) {
      return active.isEmpty() ? committed : active.firstKey();
    }
  }

  int activeReaders() {
    synchronized (active) {
      int sum = 0;
      for (int n : active.values()) {
        sum += n;
      }
      return sum;
    }
  }
}
