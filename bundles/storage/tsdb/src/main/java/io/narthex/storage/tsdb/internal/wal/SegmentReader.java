package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskSource;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the records of one segment. A segment that stops within a page ends there, as if zeros
 * followed: its writer was killed, or is still at work.
 */
public final class SegmentReader implements AutoCloseable {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final int READ_SIZE = 32 * WalFormat.PAGE_SIZE;

  private final Path file;
  private final int segment;
  private final DiskSource source;
  private final CRC32C crc = new CRC32C();
  private final RecordDecompressor decompressor = new RecordDecompressor();
  private final byte[] bytes;

  /** Offset in the file of the first byte in {@link #bytes}, always a page's start. */
  private long base;

  /** Bytes that are in {@link #bytes}. */
  private int limit;

  /** The next byte to read, in {@link #bytes}. */
  private int position;

  private long goodEnd;
  private byte[] gathered = new byte[0];
  private byte[] record = gathered;
  private int recordOffset;
  private int recordLength;

  public SegmentReader(Disk disk, Path file, int segment) throws IOException {
    this.file = file;
    this.segment = segment;
    this.source = disk.source(file);
    this.bytes = new byte[bufferSize(source)];
  }

  private static int bufferSize(DiskSource source) throws IOException {
    try {
      long pages = source.size() / WalFormat.PAGE_SIZE + 1;
      return (int) Math.min(READ_SIZE, pages * WalFormat.PAGE_SIZE);
    } catch (IOException e) {
      source.close();
      throw e;
    }
  }

  /** The array that holds the record; it is valid until the next call of {@link #next}. */
  public byte[] record() {
    return record;
  }

  public int recordOffset() {
    return recordOffset;
  }

  public int recordLength() {
    return recordLength;
  }

  /** Where the record that was read last ends in the file. */
  public long goodEnd() {
    return goodEnd;
  }

  /**
   * Goes to the next record; false at the end of the segment.
   *
   * @throws WalCorruptionException if what follows is no sound record
   */
  public boolean next() throws IOException {
    int parts = 0;
    int length = 0;
    int flags = 0;
    while (true) {
      if (!atFragment()) {
        if (parts > 0) {
          throw corrupt("the segment ends within a record");
        }
        return false;
      }
      int type = bytes[position];
      int kind = type & WalFormat.KIND_MASK;
      checkKind(type, kind, parts);
      int n = fragmentLength();
      int from = position + WalFormat.HEADER_SIZE;
      if (parts == 0) {
        flags = type & ~WalFormat.KIND_MASK;
      } else if (flags != (type & ~WalFormat.KIND_MASK)) {
        throw corrupt("a record changes its compression within");
      }
      position = from + n;
      if (kind == WalFormat.FULL) {
        finish(flags, bytes, from, n);
        return true;
      }
      gather(from, n, length);
      length += n;
      parts++;
      if (kind == WalFormat.LAST) {
        finish(flags, gathered, 0, length);
        return true;
      }
    }
  }

  /** The damage that a reader of records has found in the one that was read last. */
  public WalCorruptionException badRecord(long endOfRecordBefore, String what) {
    return new WalCorruptionException(file, segment, endOfRecordBefore, endOfRecordBefore, what);
  }

  /** Skips padding; true if a fragment's whole header is at {@link #position}. */
  private boolean atFragment() throws IOException {
    while (true) {
      if (position == limit && !fill()) {
        return false;
      }
      if (bytes[position] != WalFormat.PAGE_TERM) {
        return true;
      }
      int pageEnd = Math.min(limit, (position / WalFormat.PAGE_SIZE + 1) * WalFormat.PAGE_SIZE);
      for (int i = position; i < pageEnd; i++) {
        if (bytes[i] != 0) {
          throw corruptAt(i, "unexpected non-zero byte in padded page");
        }
      }
      position = pageEnd;
    }
  }

  private void checkKind(int type, int kind, int parts) throws WalCorruptionException {
    if (kind > WalFormat.LAST || (type & ~0x1F) != 0 || (type & 0x18) == 0x18) {
      throw corrupt("unexpected record type " + (type & 0xFF));
    }
    boolean begins = kind == WalFormat.FULL || kind == WalFormat.FIRST;
    if (begins != (parts == 0)) {
      throw corrupt(
          begins ? "a record begins within another" : "a record's fragment without its beginning");
    }
  }

  /** The checked length of the fragment at {@link #position}. */
  private int fragmentLength() throws WalCorruptionException {
    int inPage = WalFormat.PAGE_SIZE - position % WalFormat.PAGE_SIZE;
    if (inPage < WalFormat.HEADER_SIZE || limit - position < WalFormat.HEADER_SIZE) {
      throw corrupt("a fragment's header is cut off");
    }
    int n = (short) SHORT.get(bytes, position + 1) & 0xFFFF;
    if (n > inPage - WalFormat.HEADER_SIZE) {
      throw corrupt("invalid record size " + n);
    }
    if (n > limit - position - WalFormat.HEADER_SIZE) {
      throw corrupt("a fragment of " + n + " bytes is cut off");
    }
    crc.reset();
    crc.update(bytes, position + WalFormat.HEADER_SIZE, n);
    int expected = (int) INT.get(bytes, position + 3);
    if ((int) crc.getValue() != expected) {
      throw corrupt(
          "unexpected checksum "
              + Long.toHexString(crc.getValue())
              + ", expected "
              + Integer.toHexString(expected));
    }
    return n;
  }

  private void gather(int from, int n, int length) throws WalCorruptionException {
    if (length + n > WalFormat.MAX_RECORD_SIZE) {
      throw corrupt("a record of more than " + WalFormat.MAX_RECORD_SIZE + " bytes");
    }
    if (gathered.length < length + n) {
      gathered = Arrays.copyOf(gathered, Math.max(gathered.length * 2, length + n));
    }
    System.arraycopy(bytes, from, gathered, length, n);
  }

  private void finish(int flags, byte[] data, int offset, int length)
      throws WalCorruptionException {
    if (flags == 0) {
      record = data;
      recordOffset = offset;
      recordLength = length;
    } else {
      try {
        recordLength = decompressor.decompress(flags, data, offset, length);
      } catch (RuntimeException e) {
        // The decompressor's own exceptions, or an index out of bounds: the block is damaged.
        WalCorruptionException damage = corrupt("a compressed record cannot be read: " + e);
        damage.initCause(e);
        throw damage;
      }
      record = decompressor.out();
      recordOffset = 0;
    }
    goodEnd = base + position;
  }

  private boolean fill() throws IOException {
    base += limit;
    position = 0;
    limit = 0;
    limit = source.read(bytes, 0, bytes.length, base);
    return limit > 0;
  }

  private WalCorruptionException corrupt(String what) {
    return corruptAt(position, what);
  }

  private WalCorruptionException corruptAt(int at, String what) {
    return new WalCorruptionException(file, segment, goodEnd, base + at, what);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
