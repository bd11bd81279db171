package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import java.util.Arrays;

/** The numbers of a repeated field, packed or one by one; doubles are kept as their bits. */
final class NumberList {
  long[] values = new long[16];
  int size;
  private final Wire packed = new Wire();

  void clear() {
    size = 0;
  }

  private void add(long value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  /** Adds what a field of differences has. */
  void addZigzag(Wire w) throws ExpositionException {
    if (w.type != Wire.BYTES) {
      add(w.zigzag());
      return;
    }
    packed.reset(w.b, w.from, w.to);
    while (!packed.atEnd()) {
      add(Wire.decodeZigzag(packed.varint()));
    }
  }

  /** Adds what a field of doubles has. */
  void addDoubles(Wire w) throws ExpositionException {
    if (w.type != Wire.BYTES) {
      add(Double.doubleToRawLongBits(w.number64()));
      return;
    }
    packed.reset(w.b, w.from, w.to);
    while (!packed.atEnd()) {
      add(packed.fixed(8));
    }
  }

  double number(int i) {
    return Double.longBitsToDouble(values[i]);
  }
}
