package io.narthex.storage.tsdb.internal.block.chunkfile;

import java.nio.file.Path;
import java.util.Locale;

/** Numbers and names of chunk files. */
public final class ChunkFileFormat {

  static final int MAGIC = 0x85BD40DD;
  static final int VERSION = 1;

  /** Bytes in front of the chunks. */
  static final int HEADER = 8;

  /** Encoding and checksum. */
  static final int CHUNK_OVERHEAD = 5;

  /** The most bytes of a segment unless something else is asked for. */
  public static final long DEFAULT_SEGMENT_SIZE = 512L << 20;

  private ChunkFileFormat() {}

  /** The file of a segment, counted from 0. */
  static Path file(Path directory, int segment) {
    return directory.resolve(String.format(Locale.ROOT, "%06d", segment + 1));
  }
}
