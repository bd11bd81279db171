package io.narthex.storage.remote.internal.wire;

/**
 * Checks whole messages before anything is done with them. The first mistake is reported in the
 * reference's words, which is the one that it would have found first.
 */
public final class MessageCheck {

  private final Wire wire = new Wire();

  /** Checks the message from {@code from} to {@code to}, and all messages in it. */
  public void check(Shape shape, byte[] data, int from, int to) throws MalformedMessageException {
    wire.reset(data, from, to);
    check(shape);
  }

  private void check(Shape shape) throws MalformedMessageException {
    Wire w = wire;
    while (!w.atEnd()) {
      long tag = w.varint();
      int number = (int) (tag >>> 3);
      int type = (int) tag & 7;
      if (type == Wire.END_GROUP) {
        throw new MalformedMessageException(
            "proto: " + shape.name + ": wiretype end group for non-group");
      }
      if (number <= 0) {
        throw new MalformedMessageException(
            "proto: " + shape.name + ": illegal tag " + number + " (wire type " + tag + ")");
      }
      Shape.Field field = shape.field(number);
      if (field == null) {
        w.skip(type);
      } else {
        value(field, type);
      }
    }
  }

  private void value(Shape.Field field, int type) throws MalformedMessageException {
    Wire w = wire;
    switch (field.kind()) {
      case VARINT -> {
        expect(field, type, Wire.VARINT);
        long unused = w.varint();
      }
      case FIXED64 -> {
        expect(field, type, Wire.FIXED64);
        long unused = w.fixed64();
      }
      case BYTES -> {
        expect(field, type, Wire.BYTES);
        w.pos = w.lengthEnd();
      }
      case MESSAGE -> {
        expect(field, type, Wire.BYTES);
        int outer = w.end;
        w.end = w.lengthEnd();
        Shape inner = field.message();
        if (inner == null) {
          throw new IllegalStateException("no shape for " + field.name());
        }
        check(inner);
        w.end = outer;
      }
      case VARINTS -> numbers(field, type, Wire.VARINT);
      case FIXED64S -> numbers(field, type, Wire.FIXED64);
    }
  }

  private void numbers(Shape.Field field, int type, int single) throws MalformedMessageException {
    Wire w = wire;
    int outer = w.end;
    if (type == Wire.BYTES) {
      w.end = w.lengthEnd();
      while (!w.atEnd()) {
        number(single);
      }
      w.end = outer;
      return;
    }
    expect(field, type, single);
    number(single);
  }

  private void number(int single) throws MalformedMessageException {
    long unused = single == Wire.VARINT ? wire.varint() : wire.fixed64();
  }

  private static void expect(Shape.Field field, int type, int expected)
      throws MalformedMessageException {
    if (type != expected) {
      throw new MalformedMessageException(
          "proto: wrong wireType = " + type + " for field " + field.name());
    }
  }
}
