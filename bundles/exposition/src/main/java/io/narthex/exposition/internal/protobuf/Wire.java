package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;

/**
 * Walks over the fields of one protobuf message in a byte array. Lengths are checked against the
 * message before anything is made of them.
 */
final class Wire {

  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private static final int MAX_VARINT = 10;

  byte[] b = new byte[0];

  /** The number of the field that {@link #next} has read. */
  int field;

  /** Its wire type. */
  int type;

  /** Its value where it is a number: a varint as it is, or the bits of a fixed one. */
  long number;

  /** Its range where it is of bytes. */
  int from;

  int to;

  /** Where its tag stands, for messages. */
  private int start;

  private int at;
  private int end;

  void reset(byte[] body, int messageFrom, int messageTo) {
    b = body;
    at = messageFrom;
    end = messageTo;
  }

  boolean atEnd() {
    return at >= end;
  }

  /** Reads the next field whole; false at the end of the message. */
  boolean next() throws ExpositionException {
    if (at >= end) {
      return false;
    }
    start = at;
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    if (tag >>> 3 == 0 || tag >>> 3 > 0x1FFFFFFF) {
      throw new ExpositionException("proto: illegal tag " + (tag >>> 3) + " at byte " + start);
    }
    switch (type) {
      case VARINT -> number = varint();
      case FIXED64 -> number = fixed(8);
      case FIXED32 -> number = fixed(4);
      case BYTES -> range();
      default ->
          throw new ExpositionException("proto: illegal wireType " + type + " at byte " + start);
    }
    return true;
  }

  /** Reads the length of a message that stands for itself, and takes it as the range. */
  void framed() throws ExpositionException {
    int before = at;
    long length;
    try {
      length = varint();
    } catch (ExpositionException e) {
      throw new ExpositionException("clientpb: invalid varint encountered");
    }
    if (length < 0 || length > end - at) {
      throw new ExpositionException(
          "clientpb: insufficient length of buffer, expected at least "
              + Long.toUnsignedString(length + at - before)
              + " bytes, got "
              + (end - before)
              + " bytes");
    }
    from = at;
    at += (int) length;
    to = at;
  }

  /** Reads a length and takes the bytes behind it as the range. */
  private void range() throws ExpositionException {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw new ExpositionException("proto: unexpected EOF at byte " + start);
    }
    from = at;
    at += (int) length;
    to = at;
  }

  /** Reads the next number of a packed field. */
  long varint() throws ExpositionException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT; i++) {
      if (at >= end) {
        throw new ExpositionException("proto: unexpected EOF at byte " + at);
      }
      byte c = b[at++];
      value |= (long) (c & 0x7F) << (7 * i);
      if (c >= 0) {
        if (i == MAX_VARINT - 1 && c > 1) {
          break;
        }
        return value;
      }
    }
    throw new ExpositionException("proto: integer overflow at byte " + at);
  }

  /** Reads a number of some bytes, the lowest first. */
  long fixed(int bytes) throws ExpositionException {
    if (end - at < bytes) {
      throw new ExpositionException("proto: unexpected EOF at byte " + at);
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (b[at + i] & 0xFFL) << (8 * i);
    }
    at += bytes;
    return value;
  }

  private void require(int wanted) throws ExpositionException {
    if (type != wanted) {
      throw new ExpositionException(
          "proto: wrong wireType = " + type + " for field " + field + " at byte " + start);
    }
  }

  double number64() throws ExpositionException {
    require(FIXED64);
    return Double.longBitsToDouble(number);
  }

  long varintField() throws ExpositionException {
    require(VARINT);
    return number;
  }

  /** A number of a field that maps small negative numbers to small ones. */
  long zigzag() throws ExpositionException {
    return decodeZigzag(varintField());
  }

  static long decodeZigzag(long n) {
    return (n >>> 1) ^ -(n & 1);
  }

  void requireBytes() throws ExpositionException {
    require(BYTES);
  }
}
