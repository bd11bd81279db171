package io.narthex.storage.tsdb.internal.block.file;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.MappedReads;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file of a block that is read in place. Whatever does not lie in the file, or cannot be read, is
 * an error that names file and offset. Numbers are big-endian. Any number of threads may read,
 * until the arena is closed.
 */
public final class MappedFile {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Path path;
  private final MemorySegment bytes;
  private final long size;

  private MappedFile(Path path, MemorySegment bytes) {
    this.path = path;
    this.bytes = bytes;
    this.size = bytes.byteSize();
  }

  public static MappedFile open(Disk disk, Path path, Arena arena) throws IOException {
    return new MappedFile(path, disk.map(path, arena));
  }

  /** Bytes in memory that stand for a file. */
  public static MappedFile of(Path path, MemorySegment bytes) {
    return new MappedFile(path, bytes);
  }

  public Path path() {
    return path;
  }

  public long size() {
    return size;
  }

  /**
   * Makes sure that a range lies in the file.
   *
   * @param what the range holds, for the message
   */
  public void check(long offset, long length, String what) throws StorageException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw corrupt(offset, what + " of " + length + " bytes reaches beyond the file's " + size);
    }
  }

  public int get(long offset) throws StorageException {
    check(offset, 1, "a byte");
    try {
      return bytes.get(ValueLayout.JAVA_BYTE, offset) & 0xFF;
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  public int getInt(long offset) throws StorageException {
    check(offset, 4, "a number");
    try {
      return bytes.get(INT, offset);
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  public long getLong(long offset) throws StorageException {
    check(offset, 8, "a number");
    try {
      return bytes.get(LONG, offset);
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  /** The i-th of the 32-bit numbers at an offset; the caller has made sure that it is there. */
  public int element(long offset, int i) throws StorageException {
    try {
      return bytes.get(INT, offset + 4L * i);
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  public void copy(long offset, byte[] into, int length) throws StorageException {
    check(offset, length, "data");
    try {
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, offset, into, 0, length);
    } catch (InternalError e) {
      throw unreadable(e);
    }
  }

  /** A part of the file in place; reading it may throw an {@link InternalError}. */
  public MemorySegment slice(long offset, long length) throws StorageException {
    check(offset, length, "data");
    return bytes.asSlice(offset, length);
  }

  /** Compares the checksum of bytes with the one that stands behind them. */
  public void verify(long offset, long length, String what) throws StorageException {
    check(offset, length + 4, what);
    int sum;
    try {
      sum = MappedReads.crc32c(bytes, offset, length);
    } catch (InternalError e) {
      throw unreadable(e);
    }
    verify(offset, sum, getInt(offset + length), what);
  }

  /** As {@link #verify(long, long, String)} of bytes that were copied before. */
  public void verify(long offset, byte[] copy, int length, CRC32C crc, String what)
      throws StorageException {
    crc.reset();
    crc.update(copy, 0, length);
    verify(offset, (int) crc.getValue(), getInt(offset + length), what);
  }

  private void verify(long offset, int actual, int expected, String what) throws StorageException {
    if (actual != expected) {
      throw corrupt(
          offset,
          what
              + ": checksum mismatch expected:"
              + Integer.toHexString(expected)
              + ", actual:"
              + Integer.toHexString(actual));
    }
  }

  public StorageException corrupt(long offset, String what) {
    return new StorageException(
        StorageException.Kind.CORRUPT, path + ": at offset " + offset + ": " + what);
  }

  private StorageException unreadable(InternalError e) {
    IOException failure = MappedReads.failure(path, e);
    return new StorageException(
        StorageException.Kind.IO, String.valueOf(failure.getMessage()), failure);
  }
}
