package io.narthex.storage.tsdb.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes with the number formats of the log. Reused: {@link #clear}. */
public final class WriteBuffer {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] data;
  private int length;

  public WriteBuffer(int capacity) {
    data = new byte[capacity];
  }

  public byte[] array() {
    return data;
  }

  public int length() {
    return length;
  }

  public void clear() {
    length = 0;
  }

  /** Makes room for n more bytes. */
  public void ensure(int n) {
    if (data.length - length < n) {
      data = Arrays.copyOf(data, Math.max(data.length * 2, Math.addExact(length, n)));
    }
  }

  public void put(int b) {
    ensure(1);
    data[length++] = (byte) b;
  }

  public void putLong(long v) {
    ensure(8);
    LONG.set(data, length, v);
    length += 8;
  }

  public void putDouble(double v) {
    putLong(Double.doubleToRawLongBits(v));
  }

  /** An unsigned number in groups of seven bits, the lowest first. */
  public void putUvarint(long v) {
    ensure(10);
    long x = v;
    while ((x & ~0x7FL) != 0) {
      data[length++] = (byte) (x | 0x80);
      x >>>= 7;
    }
    data[length++] = (byte) x;
  }

  /** A signed number, zigzag, as {@link #putUvarint}. */
  public void putVarint(long v) {
    putUvarint((v << 1) ^ (v >> 63));
  }

  /** The length as uvarint, then the bytes. */
  public void putBytes(byte[] bytes, int offset, int n) {
    putUvarint(n);
    ensure(n);
    System.arraycopy(bytes, offset, data, length, n);
    length += n;
  }

  public void putString(String s) {
    byte[] utf8 = s.getBytes(StandardCharsets.UTF_8);
    putBytes(utf8, 0, utf8.length);
  }

  /** Room for n bytes that the caller fills, from the returned offset on. */
  public int reserve(int n) {
    ensure(n);
    int at = length;
    length += n;
    return at;
  }
}
