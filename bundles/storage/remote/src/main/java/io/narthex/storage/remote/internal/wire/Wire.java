package io.narthex.storage.remote.internal.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A place in protobuf bytes. Reads the encoding's elements one by one and allocates nothing; what
 * is cut or impossible is refused with the reference's text.
 */
public final class Wire {

  public static final int VARINT = 0;
  public static final int FIXED64 = 1;
  public static final int BYTES = 2;
  static final int GROUP = 3;
  static final int END_GROUP = 4;
  static final int FIXED32 = 5;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final String CUT = "unexpected EOF";
  private static final String NEGATIVE = "proto: negative length found during unmarshaling";

  private byte[] data = new byte[0];

  /** The next byte. */
  public int pos;

  /** Where the message ends. */
  public int end;

  /** Starts at the beginning of a message. */
  public void reset(byte[] bytes, int from, int to) {
    data = bytes;
    pos = from;
    end = to;
  }

  public byte[] data() {
    return data;
  }

  public boolean atEnd() {
    return pos >= end;
  }

  /** The next unsigned or signed number; bits above 64 are dropped. */
  public long varint() throws MalformedMessageException {
    int p = pos;
    if (p < end) {
      byte b = data[p];
      if (b >= 0) {
        pos = p + 1;
        return b;
      }
    }
    return longVarint();
  }

  private long longVarint() throws MalformedMessageException {
    byte[] d = data;
    int p = pos;
    int limit = end;
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (p >= limit) {
        throw new MalformedMessageException(CUT);
      }
      byte b = d[p++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        pos = p;
        return value;
      }
    }
    throw new MalformedMessageException("proto: integer overflow");
  }

  /** The next eight bytes. */
  public long fixed64() throws MalformedMessageException {
    int p = pos;
    if (end - p < 8) {
      throw new MalformedMessageException(CUT);
    }
    pos = p + 8;
    return (long) LONG.get(data, p);
  }

  /** Reads the length of what follows and gives the position of its end. */
  public int lengthEnd() throws MalformedMessageException {
    long length = varint();
    if (length < 0) {
      throw new MalformedMessageException(NEGATIVE);
    }
    if (length > end - pos) {
      throw new MalformedMessageException(length > Long.MAX_VALUE - pos ? NEGATIVE : CUT);
    }
    return pos + (int) length;
  }

  /** Steps over the field whose tag was just read, groups included. */
  public void skip(int tag) throws MalformedMessageException {
    int depth = 0;
    int type = tag & 7;
    while (true) {
      switch (type) {
        case VARINT -> {
          long unused = varint();
        }
        case FIXED64 -> advance(8);
        case BYTES -> pos = lengthEnd();
        case GROUP -> depth++;
        case END_GROUP -> {
          if (depth == 0) {
            throw new MalformedMessageException("proto: unexpected end of group");
          }
          depth--;
        }
        case FIXED32 -> advance(4);
        default -> throw new MalformedMessageException("proto: illegal wireType " + type);
      }
      if (depth == 0) {
        return;
      }
      type = (int) varint() & 7;
    }
  }

  private void advance(int n) throws MalformedMessageException {
    if (end - pos < n) {
      throw new MalformedMessageException(CUT);
    }
    pos += n;
  }
}
