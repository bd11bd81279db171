package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;

/** One metric of a family: where its labels and its value's message stand. */
final class MetricMessage {

  static final int GAUGE = 2;
  static final int COUNTER = 3;
  static final int SUMMARY = 4;
  static final int UNTYPED = 5;
  static final int HISTOGRAM = 7;

  /** From and to of each label's message. */
  final IntList labels = new IntList();

  /** Milliseconds, 0 for none. */
  long timestamp;

  private final int[] valueFrom = new int[HISTOGRAM + 1];
  private final int[] valueTo = new int[HISTOGRAM + 1];
  private final Wire wire = new Wire();

  void read(byte[] b, int from, int to) throws ExpositionException {
    labels.clear();
    timestamp = 0;
    java.util.Arrays.fill(valueFrom, -1);
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> {
          wire.requireBytes();
          labels.add(wire.from, wire.to);
        }
        case GAUGE, COUNTER, SUMMARY, UNTYPED, HISTOGRAM -> {
          wire.requireBytes();
          valueFrom[wire.field] = wire.from;
          valueTo[wire.field] = wire.to;
        }
        case 6 -> timestamp = wire.varintField();
        default -> {}
      }
    }
  }

  /** Where the value of a kind stands; -1 if there is none. */
  int from(int kind) {
    return valueFrom[kind];
  }

  int to(int kind) {
    return valueTo[kind];
  }
}
