package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.ooo.OutOfOrderChunk;
import java.io.IOException;
import java.util.TreeSet;

/**
 * Turns the out-of-order samples that a head had at one moment into blocks: a block for each of
 * {@link #ranges} from {@link #chunks}; when all of them are there and queries find them, {@link
 * #finish}. Without the last step nothing changes. One at a time; samples that come meanwhile stay
 * in the head.
 */
public final class OutOfOrderCompaction {

  private final Head head;
  private final Commits commits;
  private final long newestChunk;
  private final int firstKeptSegment;

  /**
   * @param newestChunk the number of the newest chunk that takes part
   * @param firstKeptSegment the segment of the log with the first sample that does not
   */
  OutOfOrderCompaction(Head head, Commits commits, long newestChunk, int firstKeptSegment) {
    this.head = head;
    this.commits = commits;
    this.newestChunk = newestChunk;
    this.firstKeptSegment = firstKeptSegment;
  }

  /** Begins of the ranges, of the head's chunk range each, that may have samples; ascending. */
  public long[] ranges() {
    long length = head.options.chunkRange();
    TreeSet<Long> found = new TreeSet<>();
    head.outOfOrder
        .table()
        .forEach(s -> {
          for (OutOfOrderChunk c : s.chunksUpTo(newestChunk)) {
            long last = Math.floorDiv(c.maxTime(), length);
            for (long r = Math.floorDiv(c.minTime(), length); r <= last; r++) {
              found.add(r * length);
            }
          }
        });
    return found.stream().mapToLong(Long::longValue).toArray();
  }

  /**
   * What the block of a range is written from.
   *
   * @param maxTime the end of the range, excluded
   */
  public SeriesChunks chunks(long minTime, long maxTime) {
    return new OutOfOrderChunks(head, minTime, maxTime, newestChunk, () -> {});
  }

  /**
   * Forgets the samples, in memory and in the log: new queries find them in blocks. Queries that
   * are open still find them here.
   */
  public void finish() throws IOException {
    commits.finishOutOfOrder(newestChunk, firstKeptSegment);
  }
}
