package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.io.RandomAccessFile;

/** A {@link DiskSource} of the operating system. */
final class SystemSource implements DiskSource {

  private final RandomAccessFile file;

  SystemSource(RandomAccessFile file) {
    this.file = file;
  }

  @Override
  public int read(byte[] into, int offset, int length, long position) throws IOException {
    file.seek(position);
    int done = 0;
    while (done < length) {
      int n = file.read(into, offset + done, length - done);
      if (n < 0) {
        break;
      }
      done += n;
    }
    return done;
  }

  @Override
  public long size() throws IOException {
    return file.length();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
