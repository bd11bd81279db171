package io.narthex.storage.tsdb.internal.block.file;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A new file that is written from front to end through a buffer, with checksums over stretches of
 * it. Numbers are big-endian.
 */
public final class FileOutput implements AutoCloseable {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int CAPACITY = 1 << 18;

  private final Path path;
  private final DiskFile file;
  private final byte[] buffer = new byte[CAPACITY];
  private final CRC32C crc = new CRC32C();
  private long flushed;
  private int length;

  /** Where in the buffer the bytes begin that are not in the checksum yet; -1 outside of one. */
  private int summed = -1;

  private FileOutput(Path path, DiskFile file) {
    this.path = path;
    this.file = file;
  }

  /** Makes a file, which must not be there. */
  public static FileOutput create(Disk disk, Path path) throws IOException {
    return new FileOutput(path, disk.create(path));
  }

  public Path path() {
    return path;
  }

  /** Bytes that the file has, those in the buffer included. */
  public long position() {
    return flushed + length;
  }

  /** Begins a stretch with a checksum. */
  public void beginChecksum() {
    crc.reset();
    summed = length;
  }

  /** Ends the stretch and puts its CRC-32C. */
  public void putChecksum() throws IOException {
    crc.update(buffer, summed, length - summed);
    summed = -1;
    putInt((int) crc.getValue());
  }

  public void put(int b) throws IOException {
    ensure(1);
    buffer[length++] = (byte) b;
  }

  public void putInt(int v) throws IOException {
    ensure(4);
    INT.set(buffer, length, v);
    length += 4;
  }

  public void putLong(long v) throws IOException {
    ensure(8);
    LONG.set(buffer, length, v);
    length += 8;
  }

  /** An unsigned number in groups of seven bits, the lowest first. */
  public void putUvarint(long v) throws IOException {
    ensure(10);
    long x = v;
    while ((x & ~0x7FL) != 0) {
      buffer[length++] = (byte) (x | 0x80);
      x >>>= 7;
    }
    buffer[length++] = (byte) x;
  }

  /** Bytes that {@link #putUvarint} takes. */
  public static int uvarintSize(long v) {
    return (63 - Long.numberOfLeadingZeros(v | 1)) / 7 + 1;
  }

  /** The first n bytes of an array. */
  public void put(byte[] bytes, int n) throws IOException {
    put(MemorySegment.ofArray(bytes).asSlice(0, n));
  }

  public void put(MemorySegment bytes) throws IOException {
    long left = bytes.byteSize();
    long from = 0;
    while (left > 0) {
      if (length == CAPACITY) {
        flush();
      }
      int n = (int) Math.min(left, CAPACITY - length);
      MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from, buffer, length, n);
      length += n;
      from += n;
      left -= n;
    }
  }

  /** Zeros until the position is a multiple of a power of two. */
  public void align(int multiple) throws IOException {
    while ((position() & (multiple - 1)) != 0) {
      put(0);
    }
  }

  private void ensure(int n) throws IOException {
    if (CAPACITY - length < n) {
      flush();
    }
  }

  /** Hands everything to the operating system. */
  public void flush() throws IOException {
    if (summed >= 0) {
      crc.update(buffer, summed, length - summed);
      summed = 0;
    }
    file.append(buffer, 0, length);
    flushed += length;
    length = 0;
  }

  /** Makes everything durable. */
  public void sync() throws IOException {
    flush();
    file.force();
  }

  /** Closes the file without writing what is in the buffer. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
