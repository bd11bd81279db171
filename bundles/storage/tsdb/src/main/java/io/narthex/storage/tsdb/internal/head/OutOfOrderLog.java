package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import io.narthex.storage.tsdb.internal.wal.RecordCompressor;
import io.narthex.storage.tsdb.internal.wal.SegmentDirectory;
import io.narthex.storage.tsdb.internal.wal.WalCompression;
import io.narthex.storage.tsdb.internal.wal.WalMetrics;
import io.narthex.storage.tsdb.internal.wal.WalWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The log of out-of-order samples, {@code wbl/}: it has what the write-ahead log has of them, too,
 * because a replay of that takes them for samples that were refused. Its folder is made with the
 * first sample. Who commits uses it, one thread at a time.
 */
public final class OutOfOrderLog implements AutoCloseable {

  private final Path dir;
  private final int segmentSize;
  private final Disk disk;
  private final WalMetrics metrics;
  private final RecordCompressor compressor;
  private final RecordBatch records = new RecordBatch();
  private final WriteBuffer buffer = new WriteBuffer(1024);
  private volatile @Nullable WalWriter writer;

  public OutOfOrderLog(
      Path dir, int segmentSize, WalCompression compression, Disk disk, WalMetrics metrics) {
    this.dir = dir;
    this.segmentSize = segmentSize;
    this.disk = disk;
    this.metrics = metrics;
    this.compressor = new RecordCompressor(compression);
  }

  /** Writes the samples, so that they survive the end of the process. */
  void write(Head head, List<OutOfOrderBatch> batches) throws IOException {
    records.clear();
    for (OutOfOrderBatch b : batches) {
      b.encode(head, buffer, compressor, records);
    }
    writer().write(List.of(records));
    records.clear();
  }

  private WalWriter writer() throws IOException {
    WalWriter w = writer;
    if (w == null) {
      w = WalWriter.open(dir, segmentSize, disk, metrics);
      writer = w;
    }
    return w;
  }

  /** Begins a segment, so that all earlier ones can be removed; returns its index. */
  int nextSegment() throws IOException {
    WalWriter w = writer;
    if (w == null) {
      w = writer();
    } else {
      w.nextSegment();
    }
    return w.segment();
  }

  /** Removes the segments before one. */
  void removeBefore(int segment) throws IOException {
    for (int index : SegmentDirectory.segments(dir)) {
      if (index < segment) {
        disk.delete(SegmentDirectory.segment(dir, index));
        // One after the other, so that a crash of the machine leaves no gap.
        disk.forceDirectory(dir);
      }
    }
    disk.forceDirectory(dir);
  }

  /** The segment that is written, -1 before the first sample. */
  public int segment() {
    WalWriter w = writer;
    return w == null ? -1 : w.segment();
  }

  public long size() throws IOException {
    return disk.isDirectory(dir) ? SegmentDirectory.size(dir) : 0;
  }

  @Override
  public void close() throws IOException {
    WalWriter w = writer;
    if (w != null) {
      w.close();
    }
  }
}
