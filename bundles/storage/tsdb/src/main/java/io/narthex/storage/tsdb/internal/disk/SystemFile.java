package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A {@link DiskFile} of the operating system. No channel: that would be closed under everybody's
 * hands when a thread that writes to it is interrupted.
 */
final class SystemFile implements DiskFile {

  private static final int PIECE = 1 << 16;

  private final RandomAccessFile file;
  private long size;

  /** Where the operating system writes next. */
  private long position;

  SystemFile(RandomAccessFile file) throws IOException {
    this.file = file;
    this.size = file.length();
  }

  @Override
  public void write(byte[] data, int offset, int length, long at) throws IOException {
    if (at != position) {
      file.seek(at);
    }
    // Unknown if it fails: then the next write seeks.
    position = -1;
    file.write(data, offset, length);
    position = at + length;
    size = Math.max(size, position);
  }

  @Override
  public void write(MemorySegment data, long at) throws IOException {
    long length = data.byteSize();
    byte[] piece = new byte[(int) Math.min(PIECE, length)];
    for (long done = 0; done < length; done += piece.length) {
      int n = (int) Math.min(piece.length, length - done);
      MemorySegment.copy(data, ValueLayout.JAVA_BYTE, done, piece, 0, n);
      write(piece, 0, n, at + done);
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void truncate(long newSize) throws IOException {
    position = -1;
    file.setLength(newSize);
    size = newSize;
  }

  @Override
  public void force() throws IOException {
    file.getFD().sync();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
