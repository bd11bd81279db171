package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.record.MalformedRecordException;
import io.narthex.storage.tsdb.internal.record.ReadBuffer;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger log = LoggerFactory.getLogger(TombstoneFile.class);
  private static final int MAGIC = 0x0130BA30;
  private static final int VERSION = 1;
  private static final int HEADER = 5;
  private static final int CHECKSUM = 4;
  private static final int MAX_SIZE = 1 << 30;

  private TombstoneFile() {}

  /** What is deleted in the block of a directory; nothing if there is no file. */
  public static BlockTombstones read(Disk disk, Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!disk.isFile(file)) {
      return BlockTombstones.NONE;
    }
    return decode(file, disk.read(file, MAX_SIZE));
  }

  /**
   * As {@link #read}, but a damaged file is put aside: it must not cost the block, though what was
   * deleted can be seen again.
   */
  static BlockTombstones readOrPutAside(Disk disk, Path directory) throws IOException {
    try {
      return read(disk, directory);
    } catch (StorageException e) {
      if (e.kind() != StorageException.Kind.CORRUPT) {
        throw e;
      }
      Path aside = directory.resolve(NAME + BlockLoader.QUARANTINE_SUFFIX);
      disk.rename(directory.resolve(NAME), aside);
      disk.forceDirectory(directory);
      log.atError()
          .addKeyValue("dir", directory)
          .addKeyValue("aside", aside)
          .setCause(e)
          .log("corrupted tombstones were put aside; what was deleted in the block is there again");
      return BlockTombstones.NONE;
    }
  }

  static BlockTombstones decode(Path file, byte[] data) throws StorageException {
    if (data.length < HEADER + CHECKSUM) {
      throw corrupt(file, data.length, "invalid size: " + data.length + " bytes");
    }
    if (number(data, 0) != MAGIC) {
      throw corrupt(file, 0, "invalid magic number " + Integer.toHexString(number(data, 0)));
    }
    if (data[4] != VERSION) {
      throw corrupt(file, 4, "invalid tombstone format " + (data[4] & 0xFF));
    }
    int end = data.length - CHECKSUM;
    CRC32C crc = new CRC32C();
    crc.update(data, HEADER, end - HEADER);
    if ((int) crc.getValue() != number(data, end)) {
      throw corrupt(file, end, "checksum did not match");
    }
    ReadBuffer in = new ReadBuffer();
    in.reset(data, HEADER, end - HEADER);
    BlockTombstones.Builder out = new BlockTombstones.Builder();
    try {
      while (in.hasRemaining()) {
        long series = in.getUvarint();
        long start = in.getVarint();
        long stop = in.getVarint();
        // What is no series of an index cannot be asked for.
        if (series >>> 32 == 0) {
          out.add((int) series, start, stop);
        }
      }
    } catch (MalformedRecordException e) {
      throw corrupt(file, in.position(), String.valueOf(e.getMessage()));
    }
    return out.build();
  }

  private static int number(byte[] data, int at) {
    return (data[at] & 0xFF) << 24
        | (data[at + 1] & 0xFF) << 16
        | (data[at + 2] & 0xFF) << 8
        | (data[at + 3] & 0xFF);
  }

  private static StorageException corrupt(Path file, int at, String what) {
    return new StorageException(
        StorageException.Kind.CORRUPT, file + ": at offset " + at + ": " + what);
  }

  /** Replaces the file, durably and at once. */
  public static void write(Disk disk, Path directory, BlockTombstones tombstones)
      throws IOException {
    disk.replace(directory.resolve(NAME), encode(tombstones));
  }

  static byte[] encode(BlockTombstones tombstones) {
    WriteBuffer out = new WriteBuffer(64);
    putNumber(out, MAGIC);
    out.put(VERSION);
    for (int i = 0; i < tombstones.seriesCount(); i++) {
      Intervals deleted = tombstones.intervals(i);
      for (int k = 0; k < deleted.count(); k++) {
        out.putUvarint(tombstones.series(i) & 0xFFFFFFFFL);
        out.putVarint(deleted.start(k));
        out.putVarint(deleted.end(k));
      }
    }
    CRC32C crc = new CRC32C();
    crc.update(out.array(), HEADER, out.length() - HEADER);
    putNumber(out, (int) crc.getValue());
    return java.util.Arrays.copyOf(out.array(), out.length());
  }

  private static void putNumber(WriteBuffer out, int v) {
    out.put(v >>> 24);
    out.put(v >>> 16);
    out.put(v >>> 8);
    out.put(v);
  }
}
