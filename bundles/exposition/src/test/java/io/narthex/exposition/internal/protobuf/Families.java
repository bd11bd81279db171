package io.narthex.exposition.internal.protobuf;

import static io.narthex.exposition.internal.protobuf.Message.label;
import static io.narthex.exposition.internal.protobuf.Message.message;
import static io.narthex.exposition.internal.protobuf.Message.span;
import static io.narthex.exposition.internal.protobuf.Message.timestamp;

/** Families of all kinds. */
public final class Families {

  private Families() {}

  private static Message family(String name, int type, Message... metrics) {
    Message m = message().text(1, name).text(2, "Help of \"" + name + "\".").varint(3, type);
    for (Message metric : metrics) {
      m.message(4, metric);
    }
    return m;
  }

  static Message exemplar(double value, long millis) {
    Message m = message().message(1, label("trace", "t" + value)).number(2, value);
    return millis == 0 ? m : m.message(3, timestamp(millis));
  }

  /** A counter with an exemplar and a start. */
  public static Message counter() {
    return family(
            "http_requests_total",
            0,
            message()
                .message(1, label("code", "200"))
                .message(1, label("path", "/ü"))
                .message(
                    3,
                    message()
                        .number(1, 42)
                        .message(2, exemplar(0.5, 1_600_000_000_123L))
                        .message(3, timestamp(1_500_000_000_000L))),
            message().message(1, label("code", "500")).message(3, message().number(1, 1)))
        .text(5, "requests");
  }

  public static Message gauge() {
    return family(
        "temperature",
        1,
        message().message(2, message().number(1, -1.5)).varint(6, 0),
        message().varint(9, 7));
  }

  public static Message untyped() {
    return family(
        "odd.name",
        3,
        message().message(1, label("a.b", "c\nd")).message(5, message().number(1, 3)));
  }

  public static Message summary() {
    return family(
        "latency",
        2,
        message()
            .message(1, label("job", "x"))
            .message(
                4,
                message()
                    .varint(1, 10)
                    .number(2, 2.5)
                    .message(3, message().number(1, 0.5).number(2, 0.1))
                    .message(3, message().number(1, 1).number(2, Double.NaN))));
  }

  static Message bucket(double bound, long cumulative) {
    return message().varint(1, cumulative).number(2, bound);
  }

  /** A classic histogram without a last bound. */
  public static Message classic() {
    return family(
        "size_bytes",
        4,
        message()
            .message(1, label("dir", "in"))
            .message(
                7,
                message()
                    .varint(1, 9)
                    .number(2, 50)
                    .message(3, bucket(1, 2).message(3, exemplar(0.9, 1_600_000_000_456L)))
                    .message(3, bucket(10, 2))
                    .message(3, bucket(100, 8).message(3, exemplar(60, 0)))));
  }

  /** A native histogram that has classic buckets too. */
  public static Message both() {
    return family(
        "duration_seconds",
        4,
        message()
            .message(
                7,
                message()
                    .varint(1, 13)
                    .number(2, 7.25)
                    .message(3, bucket(0.5, 4))
                    .message(3, bucket(Double.POSITIVE_INFINITY, 13))
                    .zigzag(5, 1)
                    .number(6, 0.001)
                    .varint(7, 2)
                    .message(9, span(0, 1))
                    .zigzag(10, 1)
                    .message(12, span(-1, 3))
                    .message(12, span(1, 2))
                    .zigzag(13, 2)
                    .zigzag(13, 1)
                    .zigzag(13, -3)
                    .zigzag(13, 2)
                    .zigzag(13, 1)
                    .message(16, exemplar(0.2, 1_600_000_000_999L))
                    .message(16, exemplar(0.3, 1_600_000_000_111L))
                    .message(16, exemplar(0.4, 0))));
  }

  /** A gauge histogram with fractional counts, its deltas packed. */
  public static Message floats() {
    byte[] counts = message().number(1, 1.5).bytes();
    byte[] packed = new byte[16];
    System.arraycopy(counts, 1, packed, 0, 8);
    System.arraycopy(counts, 1, packed, 8, 8);
    return family(
        "queue",
        5,
        message()
            .message(
                7,
                message()
                    .number(4, 3.5)
                    .number(2, 1)
                    .zigzag(5, 0)
                    .number(6, 0.1)
                    .number(8, 0.5)
                    .message(12, span(1, 2))
                    .data(14, packed)));
  }

  public static byte[] all() {
    return Message.body(
        counter(), gauge(), untyped(), summary(), classic(), both(), floats(), family("none", 0));
  }
}
