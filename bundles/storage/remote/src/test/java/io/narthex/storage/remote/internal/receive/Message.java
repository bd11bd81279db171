package io.narthex.storage.remote.internal.receive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes a protobuf message, sound or not. */
final class Message {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  byte[] bytes() {
    return out.toByteArray();
  }

  /** Anything. */
  Message raw(int... values) {
    for (int v : values) {
      out.write(v);
    }
    return this;
  }

  Message number(long n) {
    long left = n;
    while ((left & ~0x7FL) != 0) {
      out.write(((int) left & 0x7F) | 0x80);
      left >>>= 7;
    }
    out.write((int) left);
    return this;
  }

  Message varint(int field, long n) {
    return number((long) field << 3).number(n);
  }

  Message zigzag(int field, long n) {
    return varint(field, (n << 1) ^ (n >> 63));
  }

  Message fixed64(int field, double value) {
    number(((long) field << 3) | 1);
    out.writeBytes(little(value));
    return this;
  }

  private static byte[] little(double value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }

  Message bytes(int field, byte[] value) {
    number(((long) field << 3) | 2).number(value.length);
    out.writeBytes(value);
    return this;
  }

  Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  Message message(int field, Message value) {
    return bytes(field, value.bytes());
  }

  Message varints(int field, long... values) {
    Message packed = new Message();
    for (long v : values) {
      packed.number(v);
    }
    return message(field, packed);
  }

  Message zigzags(int field, long... values) {
    Message packed = new Message();
    for (long v : values) {
      packed.number((v << 1) ^ (v >> 63));
    }
    return message(field, packed);
  }

  Message doubles(int field, double... values) {
    Message packed = new Message();
    for (double v : values) {
      packed.out.writeBytes(little(v));
    }
    return message(field, packed);
  }

  Message append(Message more) {
    out.writeBytes(more.bytes());
    return this;
  }

  /** The bytes as a snappy block that only has literals. */
  static byte[] snappy(byte[] plain) {
    Message block = new Message().number(plain.length);
    for (int at = 0; at < plain.length; at += 1 << 16) {
      int n = Math.min(1 << 16, plain.length - at);
      block.raw(61 << 2, (n - 1) & 0xFF, (n - 1) >>> 8);
      block.out.write(plain, at, n);
    }
    return block.bytes();
  }
}
