package io.narthex.storage.tsdb.internal.block;

/**
 * The file that says which samples of a block are deleted.
 *
 * <pre>
 * file := magic(0130BA30) version(1) ( series(uvarint) mint(varint) maxt(varint) )* crc
 * </pre>
 *
 * The checksum is of what stands between version and checksum.
 */
public final class TombstoneFile {

  public static final String NAME = "tombstones";
  static final int MAGIC = 0x0130BA30;
  static final int VERSION = 1;

  /** A file without deletions. */
  static final byte[] EMPTY = {0x01, 0x30, (byte) 0xBA, 0x30, VERSION, 0, 0, 0, 0};

  private TombstoneFile() {}
}
