package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.HeadStatistics.ReplayProgress;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.head.Replay;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.SegmentReader;
import io.narthex.storage.tsdb.internal.wal.WalCorruptionException;
import io.narthex.storage.tsdb.internal.wal.WalRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills a head from the newest checkpoint and the segments behind it. At the first damage in a
 * segment the log is cut back to what is sound before it, and the head has what was read until
 * then.
 */
final class WalReplay {

  private static final Logger log = LoggerFactory.getLogger(WalReplay.class);

  private final Disk disk;
  private final Path wal;
  private final Replay replay;
  private final BooleanSupplier cancelled;
  private volatile ReplayProgress progress = new ReplayProgress(0, 0, 0);
  private long corruptions;

  WalReplay(Disk disk, Path wal, Head head, BooleanSupplier cancelled) {
    this.disk = disk;
    this.wal = wal;
    this.replay = new Replay(head);
    this.cancelled = cancelled;
  }

  ReplayProgress progress() {
    return progress;
  }

  long corruptions() {
    return corruptions;
  }

  Replay result() {
    return replay;
  }

  /**
   * Reads everything.
   *
   * @throws CancellationException if it was cancelled meanwhile
   */
  void run() throws IOException {
    long start = System.nanoTime();
    SegmentDirectory.Checkpoint checkpoint = SegmentDirectory.lastCheckpoint(wal);
    int[] segments = SegmentDirectory.segments(wal);
    int from = segments.length == 0 ? 0 : segments[0];
    int last = segments.length == 0 ? 0 : segments[segments.length - 1];
    if (checkpoint != null) {
      progress = new ReplayProgress(from, last, from);
      log.atInfo().addKeyValue("dir", checkpoint.dir()).log("Replaying WAL checkpoint");
      for (int s : SegmentDirectory.segments(checkpoint.dir())) {
        try {
          replaySegment(checkpoint.dir(), s);
        } catch (WalCorruptionException e) {
          // Nothing but its rest is lost: the segments behind the checkpoint are sound without it.
          corruptions++;
          log.atError()
              .addKeyValue("err", e.getMessage())
              .log("WAL checkpoint is damaged; the rest of its segment is missing");
        }
      }
      from = checkpoint.lastSegment() + 1;
      log.atInfo().log("WAL checkpoint loaded");
    }
    for (int s : segments) {
      if (s < from) {
        continue;
      }
      progress = new ReplayProgress(from, last, s);
      try {
        replaySegment(wal, s);
      } catch (WalCorruptionException e) {
        corruptions++;
        WalRepair.repair(disk, wal, e);
        break;
      }
      log.atInfo()
          .addKeyValue("segment", s)
          .addKeyValue("maxSegment", last)
          .log("WAL segment loaded");
    }
    progress = new ReplayProgress(from, last, last);
    replay.finish(last);
    report(System.nanoTime() - start);
  }

  private void replaySegment(Path dir, int segment) throws IOException {
    try (SegmentReader reader =
        new SegmentReader(disk, SegmentDirectory.segment(dir, segment), segment)) {
      long before = 0;
      while (reader.next()) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("WAL replay was interrupted");
        }
        try {
          replay.record(reader.record(), reader.recordOffset(), reader.recordLength());
        } catch (MalformedRecordException e) {
          WalCorruptionException damage = reader.badRecord(before, String.valueOf(e.getMessage()));
          damage.initCause(e);
          throw damage;
        }
        before = reader.goodEnd();
      }
    }
  }

  private void report(long nanos) {
    if (replay.unknownRefs() > 0) {
      log.atWarn()
          .addKeyValue("unknown_series_references", replay.unknownRefs())
          .log("Unknown series references in WAL");
    }
    if (replay.badHistograms() > 0) {
      log.atWarn()
          .addKeyValue("histograms", replay.badHistograms())
          .log("Histograms in WAL that are not sound were passed over");
    }
    log.atInfo()
        .addKeyValue("total_replay_duration", nanos / 1_000_000 + "ms")
        .log("WAL replay completed");
  }
}
