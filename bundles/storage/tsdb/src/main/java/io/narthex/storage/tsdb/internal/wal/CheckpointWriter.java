package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.record.CheckpointFilter;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a checkpoint: a log in a directory of its own that stands for the checkpoint before it and
 * the segments up to one. It is written under another name, and counts once it has its own.
 */
public final class CheckpointWriter {

  private static final Logger log = LoggerFactory.getLogger(CheckpointWriter.class);
  private static final int BATCH = 1 << 20;

  private final Disk disk;
  private final Path wal;
  private final int segmentSize;
  private final WalMetrics metrics;
  private final RecordCompressor compressor;
  private final RecordBatch batch = new RecordBatch();
  private final WriteBuffer out = new WriteBuffer(1 << 16);
  private long batched;

  public CheckpointWriter(
      Disk disk, Path wal, int segmentSize, WalCompression compression, WalMetrics metrics) {
    this.disk = disk;
    this.wal = wal;
    this.segmentSize = segmentSize;
    this.metrics = metrics;
    this.compressor = new RecordCompressor(compression);
  }

  /** Writes the checkpoint that stands for everything up to a segment. */
  public void write(int lastSegment, CheckpointFilter filter) throws IOException {
    Path target = SegmentDirectory.checkpoint(wal, lastSegment);
    Path tmp = target.resolveSibling(target.getFileName() + ".tmp");
    disk.deleteTree(tmp);
    try {
      try (WalWriter writer = WalWriter.open(tmp, segmentSize, disk, metrics)) {
        int from = 0;
        SegmentDirectory.Checkpoint before = SegmentDirectory.lastCheckpoint(wal);
        if (before != null) {
          for (int s : SegmentDirectory.segments(before.dir())) {
            try {
              copy(before.dir(), s, filter, writer);
            } catch (WalCorruptionException e) {
              // It has been lost since the replay, which has told that.
              log.atWarn()
                  .addKeyValue("err", e.getMessage())
                  .log("Leaving out the damaged rest of a segment of the checkpoint");
            }
          }
          from = before.lastSegment() + 1;
        }
        for (int s : SegmentDirectory.segments(wal)) {
          if (s >= from && s <= lastSegment) {
            copy(wal, s, filter, writer);
          }
        }
        filter.metadata(out);
        add(writer);
        flush(writer);
        writer.finish();
      }
      disk.forceDirectory(tmp);
      disk.rename(tmp, target);
      disk.forceDirectory(wal);
    } catch (IOException | RuntimeException e) {
      try {
        disk.deleteTree(tmp);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void copy(Path dir, int segment, CheckpointFilter filter, WalWriter writer)
      throws IOException {
    Path file = SegmentDirectory.segment(dir, segment);
    try (SegmentReader reader = new SegmentReader(disk, file, segment)) {
      while (reader.next()) {
        try {
          filter.filter(reader.record(), reader.recordOffset(), reader.recordLength(), out);
        } catch (MalformedRecordException e) {
          throw new IOException(file + ": " + e.getMessage(), e);
        }
        add(writer);
      }
    }
  }

  private void add(WalWriter writer) throws IOException {
    if (out.length() > 0) {
      compressor.add(batch, out.array(), 0, out.length());
      batched += out.length();
      out.clear();
      if (batched >= BATCH) {
        flush(writer);
      }
    }
  }

  private void flush(WalWriter writer) throws IOException {
    if (!batch.isEmpty()) {
      writer.write(List.of(batch));
      batch.clear();
    }
    batched = 0;
  }

  /** Removes what is left of checkpoints that were not completed. */
  public static void removeUnfinished(Disk disk, Path wal) throws IOException {
    for (Path path : SegmentDirectory.checkpoints(disk, wal)) {
      if (String.valueOf(path.getFileName()).endsWith(".tmp")) {
        disk.deleteTree(path);
      }
    }
  }

  /** Removes the segments that a checkpoint stands for, the oldest first. */
  public static void removeSegments(Disk disk, Path wal, int lastSegment) throws IOException {
    for (int s : SegmentDirectory.segments(wal)) {
      if (s <= lastSegment) {
        disk.delete(SegmentDirectory.segment(wal, s));
      }
    }
  }

  /** Removes the checkpoints before one. */
  public static void removeBefore(Disk disk, Path wal, int lastSegment) throws IOException {
    Path kept = SegmentDirectory.checkpoint(wal, lastSegment);
    for (Path path : SegmentDirectory.checkpoints(disk, wal)) {
      if (path.compareTo(kept) < 0) {
        disk.deleteTree(path);
      }
    }
  }
}
