package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.HeadStatistics.ReplayProgress;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.head.Replay;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.SegmentFeed;
import io.narthex.storage.tsdb.internal.wal.WalCorruptionException;
import io.narthex.storage.tsdb.internal.wal.WalRepair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
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
    try (replay) {
      readAll();
    }
  }

  private void readAll() throws IOException {
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
          replay(checkpoint.dir(), new int[] {s}, began -> {}, ended -> {});
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
    int first = from;
    int[] behind = Arrays.stream(segments).filter(s -> s >= first).toArray();
    try {
      replay(
          wal,
          behind,
          s -> progress = new ReplayProgress(first, last, s),
          s ->
              log.atInfo()
                  .addKeyValue("segment", s)
                  .addKeyValue("maxSegment", last)
                  .log("WAL segment loaded"));
    } catch (WalCorruptionException e) {
      corruptions++;
      WalRepair.repair(disk, wal, e);
    }
    progress = new ReplayProgress(from, last, last);
    replay.finish(last);
    report(System.nanoTime() - start);
  }

  /** Replays segments of a directory that are read ahead. */
  private void replay(Path dir, int[] segments, IntConsumer began, IntConsumer ended)
      throws IOException {
    try (SegmentFeed feed = new SegmentFeed(disk, dir, segments)) {
      int at = -1;
      for (SegmentFeed.Piece piece = feed.next(); piece != null; piece = feed.next()) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("WAL replay was interrupted");
        }
        if (piece.segment() != at) {
          at = piece.segment();
          began.accept(at);
        }
        replay(piece);
        if (piece.isLast()) {
          ended.accept(at);
        }
        feed.release(piece);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("WAL replay was interrupted");
    }
  }

  private void replay(SegmentFeed.Piece piece) throws WalCorruptionException {
    for (int i = 0; i < piece.count(); i++) {
      try {
        replay.record(piece.data(), piece.start(i), piece.length(i));
      } catch (MalformedRecordException e) {
        WalCorruptionException damage = piece.badRecord(i, String.valueOf(e.getMessage()));
        damage.initCause(e);
        throw damage;
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
