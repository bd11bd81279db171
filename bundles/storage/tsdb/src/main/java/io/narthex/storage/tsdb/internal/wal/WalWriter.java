package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records to the newest segment. Callers serialize {@link #write}; the rest may be called at
 * any time.
 *
 * <p>A write either puts whole records at the end of the log or leaves the log as it was: after a
 * failure the file is cut back to where it ended before, at once or, if even that fails, before the
 * next write, which fails as long as it cannot be done. So there is never a torn record with sound
 * ones behind it.
 *
 * <p>A segment that is full is synchronized and closed by {@link SegmentCloser}, not by the writer.
 */
public final class WalWriter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(WalWriter.class);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final byte[] ZEROS = new byte[WalFormat.PAGE_SIZE];

  /** Bytes after which frames go to the file even if more records follow. */
  private static final int FLUSH_SIZE = 1 << 20;

  private final Path dir;
  private final int segmentSize;
  private final Disk disk;
  private final WalMetrics metrics;
  private final SegmentCloser closer;
  private final CRC32C crc = new CRC32C();
  private final ByteBuffer buffer = ByteBuffer.allocate(FLUSH_SIZE + 4 * WalFormat.PAGE_SIZE);
  private final byte[] header = new byte[WalFormat.HEADER_SIZE];

  private DiskFile file;
  private volatile int segment;

  /** Where the log ends in the current segment, with the frames that are in {@link #buffer}. */
  private long position;

  /** Where the sound part of the file ends if it is to be cut back before the next write. */
  private long cutBackTo = -1;

  /**
   * Segments that the write under way, or one that is to be taken back, has begun, oldest first.
   */
  private final List<Begun> begun = new ArrayList<>();

  /** Whether the current segment's name survives a crash of the machine, once that is known. */
  private CompletableFuture<Boolean> named;

  private boolean closed;

  /** A segment that was left for a new one. */
  private record Begun(DiskFile left, int leftIndex, long leftEnd) {}

  /** What belongs to a write; if it fails, the write is taken back. */
  @FunctionalInterface
  public interface Companion {
    void run() throws IOException;
  }

  private WalWriter(Path dir, int index, int segmentSize, Disk disk, WalMetrics metrics)
      throws IOException {
    this.dir = dir;
    this.segmentSize = segmentSize;
    this.disk = disk;
    this.metrics = metrics;
    this.segment = index;
    this.file = disk.create(SegmentDirectory.segment(dir, index));
    this.closer = new SegmentCloser(disk, metrics);
    this.named = closer.forceDirectory(dir);
  }

  /**
   * Opens a new segment after the last one in the directory, which is made if it is not there.
   *
   * @param segmentSize in bytes, a multiple of the page
   */
  public static WalWriter open(Path dir, int segmentSize, Disk disk, WalMetrics metrics)
      throws IOException {
    if (segmentSize <= 0 || segmentSize % WalFormat.PAGE_SIZE != 0) {
      throw new IllegalArgumentException(
          "invalid segment size " + segmentSize + ": no multiple of the page");
    }
    disk.createDirectories(dir);
    int[] present = SegmentDirectory.segments(dir);
    int next = present.length == 0 ? 0 : present[present.length - 1] + 1;
    SegmentDirectory.Checkpoint checkpoint = SegmentDirectory.lastCheckpoint(dir);
    if (checkpoint != null && next <= checkpoint.lastSegment()) {
      next = checkpoint.lastSegment() + 1;
    }
    return new WalWriter(dir, next, segmentSize, disk, metrics);
  }

  /** The index of the segment that is being written. */
  public int segment() {
    return segment;
  }

  /**
   * Writes the records of all batches. When it returns, they are in the file, so that they survive
   * the end of the process.
   *
   * @throws IOException and then none of them is in the log: the next write takes back what is
   */
  public void write(List<RecordBatch> batches) throws IOException {
    write(batches, () -> {});
  }

  /**
   * Writes the records of all batches, then does something else; if that fails, none of them is in
   * the log.
   */
  public void write(List<RecordBatch> batches, Companion companion) throws IOException {
    if (closed) {
      throw new IOException("write-ahead log " + dir + " is closed");
    }
    repairTail();
    long start = position;
    buffer.clear();
    try {
      for (RecordBatch batch : batches) {
        for (int i = 0; i < batch.count(); i++) {
          int from = batch.start(i);
          frame(batch.flag(i), batch.data(), from, batch.end(i) - from);
        }
      }
      flush();
      companion.run();
    } catch (IOException | RuntimeException e) {
      metrics.writeFailed();
      undo(start, e);
      throw e;
    }
    for (Begun b : begun) {
      closer.close(b.left, SegmentDirectory.segment(dir, b.leftIndex));
    }
    begun.clear();
    metrics.pageFlushed();
  }

  /** Ends the current segment and begins the next one. */
  public void nextSegment() throws IOException {
    repairTail();
    buffer.clear();
    DiskFile left = file;
    int leftIndex = segment;
    padPage();
    flush();
    begin();
    begun.clear();
    closer.close(left, SegmentDirectory.segment(dir, leftIndex));
  }

  private void frame(int flag, byte[] data, int start, int length) throws IOException {
    int inPage = WalFormat.PAGE_SIZE - (int) (position % WalFormat.PAGE_SIZE);
    long pagesLeft = segmentSize / WalFormat.PAGE_SIZE - position / WalFormat.PAGE_SIZE - 1;
    long room =
        inPage - WalFormat.HEADER_SIZE + (WalFormat.PAGE_SIZE - WalFormat.HEADER_SIZE) * pagesLeft;
    if (length > room && position > 0) {
      padPage();
      flush();
      begin();
      inPage = WalFormat.PAGE_SIZE;
    }
    int from = start;
    int left = length;
    boolean first = true;
    do {
      int n = Math.min(left, inPage - WalFormat.HEADER_SIZE);
      boolean last = n == left;
      int kind =
          first
              ? (last ? WalFormat.FULL : WalFormat.FIRST)
              : (last ? WalFormat.LAST : WalFormat.MIDDLE);
      fragment(kind | flag, data, from, n);
      from += n;
      left -= n;
      first = false;
      inPage -= n + WalFormat.HEADER_SIZE;
      if (inPage < WalFormat.HEADER_SIZE) {
        padPage();
        inPage = WalFormat.PAGE_SIZE;
      }
      if (buffer.position() >= FLUSH_SIZE) {
        flush();
      }
    } while (left > 0);
  }

  private void fragment(int type, byte[] data, int from, int length) {
    crc.reset();
    crc.update(data, from, length);
    header[0] = (byte) type;
    SHORT.set(header, 1, (short) length);
    INT.set(header, 3, (int) crc.getValue());
    buffer.put(header).put(data, from, length);
    position += WalFormat.HEADER_SIZE + length;
  }

  private void padPage() {
    int used = (int) (position % WalFormat.PAGE_SIZE);
    if (used != 0) {
      buffer.put(ZEROS, 0, WalFormat.PAGE_SIZE - used);
      position += WalFormat.PAGE_SIZE - used;
      metrics.pageCompleted();
    }
  }

  /** Writes the buffer to the file, in which it ends at {@link #position}. */
  private void flush() throws IOException {
    int n = buffer.position();
    if (n > 0) {
      file.write(buffer.array(), 0, n, position - n);
    }
    buffer.clear();
  }

  private void begin() throws IOException {
    int index = segment + 1;
    // After a crash of the machine no segment may be there without the one before it.
    awaitNamed();
    DiskFile next = disk.create(SegmentDirectory.segment(dir, index));
    named = closer.forceDirectory(dir);
    begun.add(new Begun(file, segment, position));
    file = next;
    segment = index;
    position = 0;
  }

  private void awaitNamed() throws IOException {
    if (!named.join()) {
      disk.forceDirectory(dir);
      named = CompletableFuture.completedFuture(true);
    }
  }

  /** Takes back what a failed write has left in the files. */
  private void undo(long start, Exception failure) {
    position = start;
    cutBackTo = start;
    try {
      repairTail();
    } catch (IOException e) {
      failure.addSuppressed(e);
      log.atError()
          .addKeyValue("dir", dir)
          .setCause(failure)
          .log("WAL takes no writes until it can be brought back to a sound end");
    }
  }

  /**
   * Brings the log back to where it ended before a write that failed, if that is still to be done.
   */
  private void repairTail() throws IOException {
    while (!begun.isEmpty()) {
      Begun last = begun.getLast();
      file.close();
      disk.deleteIfExists(SegmentDirectory.segment(dir, segment));
      file = last.left;
      segment = last.leftIndex;
      begun.removeLast();
    }
    if (cutBackTo >= 0) {
      file.truncate(cutBackTo);
      position = cutBackTo;
      cutBackTo = -1;
    }
  }

  /**
   * Closes the log as {@link #close} does.
   *
   * @throws IOException also if not all of it is sure to survive a crash of the machine
   */
  void finish() throws IOException {
    close();
    IOException failure = closer.failure();
    if (failure != null) {
      throw failure;
    }
  }

  /** Synchronizes and closes the current segment; waits until earlier ones are closed. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      repairTail();
    } finally {
      closer.close(file, SegmentDirectory.segment(dir, segment));
      closer.shutdown();
    }
  }
}
