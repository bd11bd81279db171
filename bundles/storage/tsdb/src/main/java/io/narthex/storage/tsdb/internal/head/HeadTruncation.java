package io.narthex.storage.tsdb.internal.head;

import static io.narthex.storage.tsdb.internal.head.SeriesRows.BYTE;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.INT;
import static io.narthex.storage.tsdb.internal.head.SeriesRows.LONG;

import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.SeqLock;
import java.lang.foreign.MemorySegment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is older than a time from the head, and the series that have nothing left. Appends and
 * queries go on meanwhile: the locks are held for a slice of the series at a time.
 *
 * <p>A series is removed in steps, as appenders may have samples for it that are not committed yet.
 * First it is marked: who comes from then on and appends to it, or asks for its labels, takes the
 * mark away. When the appenders that came before have ended, the series that still have the mark,
 * and no sample, cannot get one any more, and leave the index. Their rows are used again when the
 * readers that may have them in a list have ended, too ({@link Limbo}).
 */
public final class HeadTruncation {

  private static final Logger log = LoggerFactory.getLogger(HeadTruncation.class);

  /** Series that are looked at under one lock. */
  private static final int SLICE = 1024;

  /** Series that are marked, or entries of postings that are looked at, under one lock. */
  private static final int LIGHT_SLICE = 16 * 1024;

  /** How long the removal of series waits for appenders; it is tried again with the next one. */
  private static final long APPENDER_PATIENCE_MILLIS = 60_000;

  private final Head head;
  private final HeadAccess access;

  public HeadTruncation(Head head, HeadAccess access) {
    this.head = head;
    this.access = access;
  }

  /**
   * Drops chunks that end before a time; does nothing if the head begins there or later. Returns
   * when nothing is left to do but to use memory again. By one thread at a time.
   *
   * @param segment the log's current one
   * @return the seconds that it took, without waiting for queriers and appenders; 0 for nothing
   */
  public double truncate(long minTime, int segment) throws InterruptedException {
    if (head.minTime() >= minTime) {
      return 0;
    }
    head.beginTruncation(minTime);
    access.awaitReadersBefore(minTime);
    access.awaitAppendersBefore(minTime);
    long start = System.nanoTime();
    collect(minTime, segment);
    return (System.nanoTime() - start) / 1e9;
  }

  /** Removes series that have no samples, and what is older than the head's beginning. */
  public void collect(int segment) throws InterruptedException {
    collect(head.minTime() == Long.MAX_VALUE ? Long.MIN_VALUE : head.minTime(), segment);
  }

  private void collect(long minTime, int segment) throws InterruptedException {
    IntStack empty = new IntStack();
    long oldest = drop(minTime, empty);
    head.tombstones.truncate(minTime);
    mark(empty);
    int[] removed = new int[0];
    int[] pairs = removed;
    int[] symbols = removed;
    if (!empty.isEmpty()) {
      if (head.appenders.awaitBefore(head.appenders.advance(), APPENDER_PATIENCE_MILLIS)) {
        SeriesRemoval removal = new SeriesRemoval(head);
        removed = removal.removeRows(empty, segment);
        pairs = removal.removePostings(LIGHT_SLICE);
        symbols = removal.removeSymbols(pairs);
      } else {
        log.atWarn()
            .addKeyValue("series", empty.size())
            .log("Series without samples stay in the head: appenders have been open for too long");
      }
    }
    head.applyLock.lock();
    try {
      head.limbo.add(removed, pairs, symbols, head.chunks.takeEmptied());
      head.setMinTime(Math.max(minTime, Math.min(oldest, access.oldestAppend())));
    } finally {
      head.applyLock.unlock();
    }
    head.limbo.reclaim();
  }

  /** Drops chunks, notes the series without any, and returns the oldest time that is left. */
  private long drop(long minTime, IntStack empty) {
    int bound = head.rows.bound();
    long oldest = Long.MAX_VALUE;
    for (int from = 0; from < bound; from += SLICE) {
      head.applyLock.lock();
      try {
        for (int row = from; row < Math.min(bound, from + SLICE); row++) {
          if (head.rows.ref(row) != 0) {
            long first = drop(row, minTime);
            oldest = Math.min(oldest, first);
            if (first == Long.MAX_VALUE) {
              empty.push(row);
            }
          }
        }
      } finally {
        head.applyLock.unlock();
      }
      // The lock is not fair: without this, who waits for it might do so until the end.
      while (head.applyLock.hasQueuedThreads()) {
        Thread.yield();
      }
    }
    return oldest;
  }

  /** The time of the first sample that is left, {@link Long#MAX_VALUE} if there is none. */
  private long drop(int row, long minTime) {
    ChunkMemory chunks = head.chunks;
    MemorySegment page = head.rows.page(row);
    long o = SeriesRows.offset(row);
    int kept = 0;
    int place = page.get(INT, o + SeriesRows.CLOSED);
    while (place != 0 && chunks.maxTime(place) >= minTime) {
      kept = place;
      place = chunks.before(place);
    }
    int open = page.get(INT, o + SeriesRows.OPEN);
    boolean dropOpen = open != 0 && page.get(LONG, o + SeriesRows.LAST_T) < minTime;
    if (place != 0 && kept != 0) {
      chunks.endAt(kept);
    }
    if ((place != 0 && kept == 0) || dropOpen) {
      SeqLock.beginWrite(page, o);
      if (kept == 0) {
        page.set(INT, o + SeriesRows.CLOSED, 0);
      }
      if (dropOpen) {
        page.set(INT, o + SeriesRows.OPEN, 0);
        page.set(SeriesRows.SHORT, o + SeriesRows.BITS, (short) 0);
      }
      SeqLock.endWrite(page, o);
    }
    int dropped = dropOpen ? 1 : 0;
    for (int p = place; p != 0; p = chunks.before(p)) {
      chunks.drop(p);
      dropped++;
    }
    if (dropOpen) {
      if (page.get(BYTE, o + SeriesRows.KIND) >= SeriesRows.HISTOGRAM) {
        head.histograms.open.remove(open);
      } else {
        chunks.open.release(open, page.get(BYTE, o + SeriesRows.CLASS));
      }
    }
    if (dropped > 0) {
      head.counters().chunksRemoved.add(dropped);
    }
    if (kept != 0) {
      return chunks.minTime(kept);
    }
    return open != 0 && !dropOpen ? page.get(LONG, o + SeriesRows.MIN_T) : Long.MAX_VALUE;
  }

  private void mark(IntStack empty) {
    for (int from = 0; from < empty.size(); from += LIGHT_SLICE) {
      head.seriesLock.lock();
      try {
        for (int i = from; i < Math.min(empty.size(), from + LIGHT_SLICE); i++) {
          head.rows.doom(empty.get(i), true);
        }
      } finally {
        head.seriesLock.unlock();
      }
    }
  }
}
