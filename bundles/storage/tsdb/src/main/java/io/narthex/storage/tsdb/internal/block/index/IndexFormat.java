package io.narthex.storage.tsdb.internal.block.index;

/** Numbers of the index. */
final class IndexFormat {

  static final int MAGIC = 0xBAAAD700;
  static final int V1 = 1;
  static final int V2 = 2;

  /** Read as version 2. */
  static final int V3 = 3;

  /** Magic and version. */
  static final int HEADER = 5;

  /** Series begin at multiples of it in version 2. */
  static final int SERIES_ALIGNMENT = 16;

  /** Six offsets and a checksum. */
  static final int TOC = 6 * 8 + 4;

  /** Where the last series may begin. */
  static final long MAX_SIZE = 64L << 30;

  private IndexFormat() {}
}
