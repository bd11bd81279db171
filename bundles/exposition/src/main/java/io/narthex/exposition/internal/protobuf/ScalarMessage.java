package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;

/** The value of a counter, a gauge, or a metric without a type. */
final class ScalarMessage {

  double value;

  /** Milliseconds, 0 if unknown. */
  long start;

  private final Wire wire = new Wire();

  /**
   * Reads the value.
   *
   * @param exemplars takes the range of the exemplar if there is one
   */
  void read(byte[] b, int from, int to, IntList exemplars) throws ExpositionException {
    value = 0;
    start = 0;
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> value = wire.number64();
        case 2 -> {
          wire.requireBytes();
          exemplars.add(wire.from, wire.to);
        }
        case 3 -> {
          wire.requireBytes();
          start = ExemplarMessage.millis(b, wire.from, wire.to);
        }
        default -> {}
      }
    }
  }
}
