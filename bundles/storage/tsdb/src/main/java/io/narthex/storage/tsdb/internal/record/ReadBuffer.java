package io.narthex.storage.tsdb.internal.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads what {@link WriteBuffer} writes; whatever is cut off or malformed is refused. */
public final class ReadBuffer {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] data = new byte[0];
  private int position;
  private int end;

  public void reset(byte[] bytes, int offset, int length) {
    data = bytes;
    position = offset;
    end = offset + length;
  }

  public byte[] array() {
    return data;
  }

  public int position() {
    return position;
  }

  public int remaining() {
    return end - position;
  }

  public boolean hasRemaining() {
    return position < end;
  }

  public int get() throws MalformedRecordException {
    if (position >= end) {
      throw new MalformedRecordException("a byte is missing");
    }
    return data[position++] & 0xFF;
  }

  public long getLong() throws MalformedRecordException {
    if (end - position < 8) {
      throw new MalformedRecordException("a number of 8 bytes is cut off");
    }
    long v = (long) LONG.get(data, position);
    position += 8;
    return v;
  }

  public double getDouble() throws MalformedRecordException {
    return Double.longBitsToDouble(getLong());
  }

  public long getUvarint() throws MalformedRecordException {
    long v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = get();
      if (shift == 63 && b > 1) {
        break;
      }
      v |= (long) (b & 0x7F) << shift;
      if (b < 0x80) {
        return v;
      }
    }
    throw new MalformedRecordException("a number is longer than 64 bits");
  }

  public long getVarint() throws MalformedRecordException {
    long v = getUvarint();
    return (v >>> 1) ^ -(v & 1);
  }

  /** A count of things of which each takes at least {@code size} of the bytes that follow. */
  public int getCount(int size) throws MalformedRecordException {
    long n = getUvarint();
    if (n < 0 || n > (end - position) / size) {
      throw new MalformedRecordException(
          "a count of " + Long.toUnsignedString(n) + " is too large");
    }
    return (int) n;
  }

  /** The length of the bytes that follow; they begin at {@link #position} and are skipped. */
  public int skipBytes() throws MalformedRecordException {
    int n = getCount(1);
    position += n;
    return n;
  }

  public String getString() throws MalformedRecordException {
    int n = skipBytes();
    return new String(data, position - n, n, StandardCharsets.UTF_8);
  }
}
