package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;

/** A file that is open for reading in pieces, by one thread at a time. */
public interface DiskSource extends AutoCloseable {

  /**
   * Reads bytes at a position: as many as asked for unless the file ends before.
   *
   * @return how many; 0 at the end of the file
   */
  int read(byte[] into, int offset, int length, long position) throws IOException;

  /** The bytes of the file now. */
  long size() throws IOException;

  @Override
  void close() throws IOException;
}
