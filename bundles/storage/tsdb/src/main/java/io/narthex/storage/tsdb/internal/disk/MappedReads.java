package io.narthex.storage.tsdb.internal.disk;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * What is to be minded with mapped files: one that is cut off underneath, or lies on a disk that
 * cannot be read, makes an access throw {@link InternalError}. That is turned into an exception
 * that names the file by {@link #failure}.
 */
public final class MappedReads {

  private static final int PIECE = 1 << 14;

  private MappedReads() {}

  /**
   * The CRC-32C of a part of a mapped file. The bytes are copied first: the checksum's machine code
   * would end the process where copying throws.
   */
  public static int crc32c(MemorySegment mapped, long offset, long length) {
    CRC32C crc = new CRC32C();
    byte[] piece = new byte[(int) Math.min(length, PIECE)];
    long at = offset;
    long end = offset + length;
    while (at < end) {
      int n = (int) Math.min(piece.length, end - at);
      MemorySegment.copy(mapped, java.lang.foreign.ValueLayout.JAVA_BYTE, at, piece, 0, n);
      crc.update(piece, 0, n);
      at += n;
    }
    return (int) crc.getValue();
  }

  /** The error of an access to a mapped file that cannot be read, as an exception. */
  public static IOException failure(Path file, InternalError fault) {
    return new IOException(
        "mapped file " + file + " cannot be read: cut off or damaged on the disk", fault);
  }
}
