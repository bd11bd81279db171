package io.narthex.exposition.internal.protobuf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf messages field by field. */
public final class Message {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static Message message() {
    return new Message();
  }

  /** A label or an exemplar's label. */
  public static Message label(String name, String value) {
    return message().text(1, name).text(2, value);
  }

  public static Message timestamp(long millis) {
    return message().varint(1, millis / 1000).varint(2, millis % 1000 * 1_000_000);
  }

  public static Message span(int offset, int length) {
    return message().zigzag(1, offset).varint(2, length);
  }

  /** A body of families, each behind its length. */
  public static byte[] body(Message... families) {
    Message all = message();
    for (Message family : families) {
      all.raw(family.out.size());
      all.out.writeBytes(family.bytes());
    }
    return all.bytes();
  }

  public Message varint(int field, long value) {
    raw((long) field << 3);
    raw(value);
    return this;
  }

  public Message zigzag(int field, long value) {
    return varint(field, (value << 1) ^ (value >> 63));
  }

  public Message number(int field, double value) {
    raw(((long) field << 3) | 1);
    long bits = Double.doubleToRawLongBits(value);
    for (int i = 0; i < 8; i++) {
      out.write((int) (bits >>> (8 * i)));
    }
    return this;
  }

  public Message text(int field, String value) {
    return data(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public Message message(int field, Message value) {
    return data(field, value.bytes());
  }

  public Message data(int field, byte[] value) {
    raw(((long) field << 3) | 2);
    raw(value.length);
    out.writeBytes(value);
    return this;
  }

  /** A varint without a tag, for packed fields. */
  public Message raw(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.write((int) rest);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }
}
