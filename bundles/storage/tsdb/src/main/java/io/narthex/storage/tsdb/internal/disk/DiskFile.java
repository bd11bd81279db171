package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A file that is open for writing. One thread at a time writes; {@link #force} may be called by
 * another meanwhile.
 *
 * <p>A write that fails may have left a part of its bytes, also behind {@link #size}, which does
 * not count them: cut the file back before more is written. After a {@link #force} that has failed,
 * what was written since the one before may be lost even if the next one succeeds: write it anew.
 */
public interface DiskFile extends AutoCloseable {

  /** Writes bytes at a position of the file, which grows if they reach behind its end. */
  void write(byte[] data, int offset, int length, long position) throws IOException;

  /** Writes memory at a position of the file. */
  void write(MemorySegment data, long position) throws IOException;

  /** Writes bytes behind all that were written. */
  default void append(byte[] data, int offset, int length) throws IOException {
    write(data, offset, length, size());
  }

  /** Writes memory behind all that was written. */
  default void append(MemorySegment data) throws IOException {
    write(data, size());
  }

  /** Where the file ends; costs no call of the operating system. */
  long size();

  /** Cuts the file off, or lengthens it by zeros. */
  void truncate(long size) throws IOException;

  /** Makes content and size survive a crash of the machine. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}
