package io.narthex.storage.tsdb.internal.block.chunkfile;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import java.util.zip.CRC32C;

/** A chunk that was looked up, and its bytes where they were asked for. Reused by one thread. */
public final class ChunkData {

  /** Zero bytes behind the data, so that decoders may read whole words. */
  public static final int PADDING = 32;

  private static final int LARGE = 1 << 16;

  private final CRC32C crc = new CRC32C();
  private byte[] bytes = new byte[1024 + PADDING];
  int encoding;
  int length;

  /** Where the encoding stands, in front of the data. */
  long offset;

  void copy(MappedFile file) throws StorageException {
    if (length > LARGE) {
      // No memory is taken for what is no chunk.
      file.verify(offset, length + 1L, "chunk");
    }
    if (bytes.length < length + 1 + PADDING) {
      bytes = new byte[length + 1 + PADDING];
    }
    file.copy(offset, bytes, length + 1);
    file.verify(offset, bytes, length + 1, crc, "chunk");
    System.arraycopy(bytes, 1, bytes, 0, length);
    java.util.Arrays.fill(bytes, length, length + PADDING, (byte) 0);
  }

  public int encoding() {
    return encoding;
  }

  public int length() {
    return length;
  }

  /** The data from index 0 on, and padding. */
  public byte[] bytes() {
    return bytes;
  }
}
