package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.Commits;
import io.narthex.storage.tsdb.internal.head.ExpiredSeries;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.record.CheckpointFilter;
import io.narthex.storage.tsdb.internal.wal.CheckpointWriter;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.WalMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shortens the log after the head was truncated: a checkpoint takes the place of the first two
 * thirds of the segments. The rest stays as it is, as most of it is still needed.
 */
final class WalTruncation {

  private static final Logger log = LoggerFactory.getLogger(WalTruncation.class);

  final LongAdder truncations = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder checkpointsCreated = new LongAdder();
  final LongAdder checkpointsFailed = new LongAdder();
  final LongAdder checkpointsDeleted = new LongAdder();
  final LongAdder deletionsFailed = new LongAdder();

  private final Disk disk;
  private final Path wal;
  private final TsdbOptions options;
  private final Head head;
  private final Commits commits;
  private long truncatedAt = Long.MIN_VALUE;

  WalTruncation(Disk disk, Path wal, TsdbOptions options, Head head, Commits commits) {
    this.disk = disk;
    this.wal = wal;
    this.options = options;
    this.head = head;
    this.commits = commits;
  }

  /**
   * Takes out of the log what is before a time, as far as it is worth it.
   *
   * @return the seconds that it took, 0 if there was nothing to do
   */
  double truncate(long minTime) throws IOException {
    if (minTime <= truncatedAt) {
      return 0;
    }
    truncatedAt = minTime;
    int[] segments = SegmentDirectory.segments(wal);
    // So that little ingestion does not keep more log than it needs.
    commits.nextSegment();
    int first = segments[0];
    // The newest one is not looked at: it is still being written.
    int last = segments[segments.length - 1] - 1;
    if (last < 0) {
      return 0;
    }
    last = first + (last - first) * 2 / 3;
    if (last <= first) {
      return 0;
    }
    long start = System.nanoTime();
    log.atInfo()
        .addKeyValue("from_segment", first)
        .addKeyValue("to_segment", last)
        .addKeyValue("mint", minTime)
        .log("Creating checkpoint");
    write(last, minTime);
    remove(last);
    head.expired().forget(last);
    double seconds = (System.nanoTime() - start) / 1e9;
    log.atInfo()
        .addKeyValue("first", first)
        .addKeyValue("last", last)
        .addKeyValue("duration", seconds + "s")
        .log("WAL checkpoint complete");
    return seconds;
  }

  private void write(int last, long minTime) throws IOException {
    long[] live = head.references();
    ExpiredSeries expired = head.expired();
    CheckpointFilter filter =
        new CheckpointFilter(
            ref -> Arrays.binarySearch(live, ref) >= 0 || expired.isNeeded(ref, last), minTime);
    checkpointsCreated.increment();
    try {
      new CheckpointWriter(
              disk, wal, options.walSegmentSize(), options.compression(), WalMetrics.NONE)
          .write(last, filter);
    } catch (IOException e) {
      checkpointsFailed.increment();
      throw new IOException("create checkpoint: " + e.getMessage(), e);
    }
  }

  /** What stays although it should not costs only space, and goes with the next truncation. */
  private void remove(int last) {
    truncations.increment();
    try {
      CheckpointWriter.removeSegments(disk, wal, last);
    } catch (IOException e) {
      failures.increment();
      log.atError().setCause(e).log("truncating segments failed");
    }
    checkpointsDeleted.increment();
    try {
      CheckpointWriter.removeBefore(disk, wal, last);
    } catch (IOException e) {
      deletionsFailed.increment();
      log.atError().setCause(e).log("delete old checkpoints");
    }
  }
}
