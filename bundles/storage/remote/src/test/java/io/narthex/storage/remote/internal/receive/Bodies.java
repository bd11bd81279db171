package io.narthex.storage.remote.internal.receive;

import io.airlift.compress.snappy.SnappyCompressor;
import java.util.Arrays;
import java.util.List;

/** Messages of remote write for tests. */
final class Bodies {

  private Bodies() {}

  /** Label fields of 1.0. */
  static Message labels(String... pairs) {
    Message all = new Message();
    for (int i = 0; i < pairs.length; i += 2) {
      all.message(1, new Message().text(1, pairs[i]).text(2, pairs[i + 1]));
    }
    return all;
  }

  static Message sample(double value, long time) {
    return new Message().message(2, new Message().fixed64(1, value).varint(2, time));
  }

  static Message histogram(long time) {
    return new Message()
        .varint(1, 3)
        .fixed64(3, 5)
        .message(11, new Message().zigzag(1, 0).varint(2, 2))
        .zigzags(12, 1, 1)
        .varint(15, time);
  }

  static Message floatHistogram(long time) {
    return new Message()
        .fixed64(2, 3)
        .fixed64(3, 5)
        .message(11, new Message().zigzag(1, 0).varint(2, 2))
        .doubles(13, 1, 2)
        .doubles(16, 1, 2, 3)
        .varint(15, time);
  }

  /** A request of 1.0 with these series. */
  static byte[] one(Message... series) {
    Message request = new Message();
    for (Message s : series) {
      request.message(1, s);
    }
    return request.bytes();
  }

  /** A request of 2.0 with these symbols and series. */
  static byte[] two(List<String> symbols, Message... series) {
    Message request = new Message();
    symbols.forEach(s -> request.text(4, s));
    for (Message s : series) {
      request.message(5, s);
    }
    return request.bytes();
  }

  /** A snappy block, with back references where they help. */
  static byte[] compressed(byte[] plain) {
    SnappyCompressor snappy = new SnappyCompressor();
    byte[] out = new byte[snappy.maxCompressedLength(plain.length)];
    return Arrays.copyOf(out, snappy.compress(plain, 0, plain.length, out, 0, out.length));
  }
}
