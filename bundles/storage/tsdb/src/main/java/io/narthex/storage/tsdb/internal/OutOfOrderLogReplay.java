package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.head.Head;
import io.narthex.storage.tsdb.internal.head.OutOfOrderReplay;
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
 * Fills a head from the out-of-order log, after the write-ahead log. At the first damage the log is
 * cut back to what is sound before it, as that is.
 */
final class OutOfOrderLogReplay {

  private static final Logger log = LoggerFactory.getLogger(OutOfOrderLogReplay.class);

  private final Disk disk;
  private final Path wbl;
  private final OutOfOrderReplay replay;
  private final BooleanSupplier cancelled;
  private long corruptions;

  OutOfOrderLogReplay(Disk disk, Path wbl, Head head, Replay wal, BooleanSupplier cancelled) {
    this.disk = disk;
    this.wbl = wbl;
    this.replay = new OutOfOrderReplay(head, wal);
    this.cancelled = cancelled;
  }

  long corruptions() {
    return corruptions;
  }

  OutOfOrderReplay result() {
    return replay;
  }

  /**
   * Reads everything; does nothing without the folder.
   *
   * @throws CancellationException if it was cancelled meanwhile
   */
  void run() throws IOException {
    if (!disk.isDirectory(wbl)) {
      return;
    }
    int[] segments = SegmentDirectory.segments(wbl);
    for (int s : segments) {
      try {
        segment(s);
      } catch (WalCorruptionException e) {
        corruptions++;
        WalRepair.repair(disk, wbl, e);
        break;
      }
      log.atInfo()
          .addKeyValue("segment", s)
          .addKeyValue("maxSegment", segments[segments.length - 1])
          .log("WBL segment loaded");
    }
    long unknown = replay.unknownSamples() + replay.unknownHistograms() + replay.unknownMarkers();
    if (unknown > 0) {
      log.atWarn()
          .addKeyValue("samples", replay.unknownSamples())
          .addKeyValue("histograms", replay.unknownHistograms())
          .addKeyValue("mmap_markers", replay.unknownMarkers())
          .log("Unknown series references for ooo WAL replay");
    }
    if (replay.badHistograms() > 0) {
      log.atWarn()
          .addKeyValue("histograms", replay.badHistograms())
          .log("Histograms in WBL that are not sound were passed over");
    }
  }

  private void segment(int segment) throws IOException {
    Path file = SegmentDirectory.segment(wbl, segment);
    try (SegmentReader reader = new SegmentReader(disk, file, segment)) {
      long before = 0;
      while (reader.next()) {
        if (cancelled.getAsBoolean()) {
          throw new CancellationException("WBL replay was interrupted");
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
}
