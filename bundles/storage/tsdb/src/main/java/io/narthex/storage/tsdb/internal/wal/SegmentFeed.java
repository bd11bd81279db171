package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of segments ahead of who uses them, on a thread of its own: from the disk, out
 * of their frames, decompressed. A few pieces of about 1 MiB go round between the two.
 */
public final class SegmentFeed implements AutoCloseable {

  private static final int PIECES = 4;
  private static final int PIECE_SIZE = 1 << 20;

  private final Disk disk;
  private final Path dir;
  private final int[] segments;
  private final ArrayBlockingQueue<Piece> full = new ArrayBlockingQueue<>(PIECES + 1);
  private final ArrayBlockingQueue<Piece> free = new ArrayBlockingQueue<>(PIECES);
  private final Thread thread;

  /** Records of one segment, in their order. */
  public static final class Piece {
    private byte[] data = new byte[PIECE_SIZE];
    private int[] ends = new int[256];
    private long[] goodEnds = new long[256];
    private int count;
    private int segment;
    private Path file = Path.of("");
    private long before;
    private boolean last;
    private @Nullable Throwable failure;

    public int count() {
      return count;
    }

    public byte[] data() {
      return data;
    }

    public int start(int i) {
      return i == 0 ? 0 : ends[i - 1];
    }

    public int length(int i) {
      return ends[i] - start(i);
    }

    public int segment() {
      return segment;
    }

    /** Whether it is the segment's last piece. */
    public boolean isLast() {
      return last;
    }

    /** The damage that a reader of records has found in one of them. */
    public WalCorruptionException badRecord(int i, String what) {
      long end = i == 0 ? before : goodEnds[i - 1];
      return new WalCorruptionException(file, segment, end, end, what);
    }

    private void begin(Path path, int index, long goodEnd) {
      file = path;
      segment = index;
      before = goodEnd;
      count = 0;
      last = false;
      failure = null;
    }

    private void add(byte[] source, int offset, int length, long goodEnd) {
      int used = start(count);
      if (data.length - used < length) {
        data = Arrays.copyOf(data, Math.max(data.length * 2, Math.addExact(used, length)));
      }
      System.arraycopy(source, offset, data, used, length);
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, count * 2);
        goodEnds = Arrays.copyOf(goodEnds, count * 2);
      }
      ends[count] = used + length;
      goodEnds[count++] = goodEnd;
    }

    private boolean isFull() {
      return start(count) >= PIECE_SIZE;
    }
  }

  /** Begins to read segments of a directory, in the order given. */
  public SegmentFeed(Disk disk, Path dir, int[] segments) {
    this.disk = disk;
    this.dir = dir;
    this.segments = segments.clone();
    for (int i = 0; i < PIECES; i++) {
      free.add(new Piece());
    }
    thread = Thread.ofPlatform().daemon().name("tsdb wal read").start(this::run);
  }

  /**
   * The next piece, null at the end; to be given back by {@link #release}.
   *
   * @throws IOException if reading has failed there: what came before is complete
   */
  public @Nullable Piece next() throws IOException, InterruptedException {
    Piece piece = full.take();
    switch (piece.failure) {
      case null -> {
        return piece.segment < 0 ? null : piece;
      }
      case IOException e -> throw e;
      case Throwable e -> throw new IllegalStateException("reading of a segment failed", e);
    }
  }

  public void release(Piece piece) {
    free.add(piece);
  }

  private void run() {
    Piece end = new Piece();
    end.segment = -1;
    try {
      for (int s : segments) {
        read(s);
      }
    } catch (InterruptedException e) {
      // Closed: nobody waits for the end.
      return;
    } catch (IOException | RuntimeException | Error e) {
      end.failure = e;
    }
    full.add(end);
  }

  private void read(int segment) throws IOException, InterruptedException {
    Path file = SegmentDirectory.segment(dir, segment);
    try (SegmentReader reader = new SegmentReader(disk, file, segment)) {
      Piece piece = free.take();
      piece.begin(file, segment, 0);
      boolean handed = false;
      try {
        while (reader.next()) {
          piece.add(
              reader.record(), reader.recordOffset(), reader.recordLength(), reader.goodEnd());
          if (piece.isFull()) {
            full.put(piece);
            handed = true;
            piece = free.take();
            piece.begin(file, segment, reader.goodEnd());
            handed = false;
          }
        }
        piece.last = true;
      } finally {
        // Also what was sound before a damage.
        if (!handed) {
          full.put(piece);
        }
      }
    }
  }

  /** Ends reading; returns when the thread has ended. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // The files must not be in use when this returns.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
