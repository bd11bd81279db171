package io.narthex.promql.peer;

import io.narthex.model.Labels;
import io.narthex.model.histogram.FloatHistogram;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A request of remote write 1.0, made by hand. */
final class RemoteWriteRequest {

  /** The part of protobuf that is needed. */
  private static final class Message {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void varint(long value) {
      long v = value;
      while ((v & ~0x7fL) != 0) {
        out.write((int) ((v & 0x7f) | 0x80));
        v >>>= 7;
      }
      out.write((int) v);
    }

    void number(int field, long value) {
      varint((long) field << 3);
      varint(value);
    }

    void signed(int field, long value) {
      number(field, (value << 1) ^ (value >> 63));
    }

    void fixed(int field, double value) {
      varint(((long) field << 3) | 1);
      raw(value);
    }

    void raw(double value) {
      long bits = Double.doubleToRawLongBits(value);
      for (int i = 0; i < 64; i += 8) {
        out.write((int) (bits >>> i));
      }
    }

    void bytes(int field, byte[] value) {
      varint(((long) field << 3) | 2);
      varint(value.length);
      out.writeBytes(value);
    }

    void text(int field, String value) {
      bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    void message(int field, Consumer<Message> content) {
      Message inner = new Message();
      content.accept(inner);
      bytes(field, inner.out.toByteArray());
    }

    void doubles(int field, double[] values) {
      message(
          field,
          m -> {
            for (double v : values) {
              m.raw(v);
            }
          });
    }
  }

  private final Message request = new Message();

  void add(Labels labels, long time, double value) {
    series(
        labels,
        2,
        m -> {
          m.fixed(1, value);
          m.number(2, time);
        });
  }

  void add(Labels labels, long time, FloatHistogram h) {
    series(
        labels,
        4,
        m -> {
          m.fixed(2, h.count());
          m.fixed(3, h.sum());
          m.signed(4, h.schema());
          m.fixed(5, h.zeroThreshold());
          m.fixed(7, h.zeroCount());
          spans(m, 8, h.negativeSpans());
          m.doubles(10, h.negativeCounts());
          spans(m, 11, h.positiveSpans());
          m.doubles(13, h.positiveCounts());
          m.number(14, h.hint() == io.narthex.model.histogram.CounterResetHint.GAUGE ? 3 : 0);
          m.number(15, time);
          m.doubles(16, h.customValues());
        });
  }

  private static void spans(Message m, int field, int[] spans) {
    for (int i = 0; i < spans.length; i += 2) {
      int at = i;
      m.message(
          field,
          span -> {
            span.signed(1, spans[at]);
            span.number(2, spans[at + 1]);
          });
    }
  }

  private void series(Labels labels, int field, Consumer<Message> sample) {
    request.message(
        1,
        series -> {
          for (int i = 0; i < labels.size(); i++) {
            int at = i;
            series.message(
                1,
                label -> {
                  label.text(1, labels.name(at));
                  label.text(2, labels.value(at));
                });
          }
          series.message(field, sample);
        });
  }

  /** The bytes in snappy's format, as a single literal. */
  byte[] compressed() {
    byte[] plain = request.out.toByteArray();
    Message block = new Message();
    block.varint(plain.length);
    int n = plain.length - 1;
    block.out.write(62 << 2);
    block.out.write(n);
    block.out.write(n >>> 8);
    block.out.write(n >>> 16);
    block.out.writeBytes(plain);
    return block.out.toByteArray();
  }
}
