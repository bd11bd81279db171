package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;

/** One exemplar. */
final class ExemplarMessage {

  final IntList labels = new IntList();
  double value;
  boolean hasTimestamp;

  /** Milliseconds. */
  long timestamp;

  private final Wire wire = new Wire();

  void read(byte[] b, int from, int to) throws ExpositionException {
    labels.clear();
    value = 0;
    hasTimestamp = false;
    timestamp = 0;
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> {
          wire.requireBytes();
          labels.add(wire.from, wire.to);
        }
        case 2 -> value = wire.number64();
        case 3 -> {
          wire.requireBytes();
          hasTimestamp = true;
          timestamp = millis(b, wire.from, wire.to);
        }
        default -> {}
      }
    }
  }

  /** The milliseconds of a message of seconds and nanoseconds. */
  static long millis(byte[] b, int from, int to) throws ExpositionException {
    long seconds = 0;
    long nanos = 0;
    Wire w = new Wire();
    w.reset(b, from, to);
    while (w.next()) {
      switch (w.field) {
        case 1 -> seconds = w.varintField();
        case 2 -> nanos = w.varintField();
        default -> {}
      }
    }
    return seconds * 1000 + (int) nanos / 1_000_000;
  }
}
