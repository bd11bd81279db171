package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import io.narthex.exposition.internal.Excerpt;
import io.narthex.model.LabelNames;
import io.narthex.model.MetricType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One metric family: where its parts stand in the body. */
final class FamilyMessage {

  private static final byte[] TOTAL = "_total".getBytes(StandardCharsets.UTF_8);

  int nameFrom;
  int nameTo;
  int helpFrom;
  int helpTo;
  int unitFrom;
  int unitTo;
  MetricType type = MetricType.COUNTER;

  /** From and to of each metric. */
  final IntList metrics = new IntList();

  private final Wire wire = new Wire();

  void read(byte[] b, int from, int to) throws ExpositionException {
    nameFrom = nameTo = helpFrom = helpTo = unitFrom = unitTo = from;
    type = MetricType.COUNTER;
    metrics.clear();
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> {
          wire.requireBytes();
          nameFrom = wire.from;
          nameTo = wire.to;
        }
        case 2 -> {
          wire.requireBytes();
          helpFrom = wire.from;
          helpTo = wire.to;
        }
        case 3 -> type = type(wire.varintField());
        case 4 -> {
          wire.requireBytes();
          metrics.add(wire.from, wire.to);
        }
        case 5 -> {
          wire.requireBytes();
          unitFrom = wire.from;
          unitTo = wire.to;
        }
        default -> {}
      }
    }
    if (metrics.size > 0) {
      check(b);
    }
  }

  private void check(byte[] b) throws ExpositionException {
    String name = Excerpt.quote(b, nameFrom, nameTo);
    if (nameFrom == nameTo || !LabelNames.isUtf8(b, nameFrom, nameTo - nameFrom)) {
      throw new ExpositionException("invalid metric name: " + name);
    }
    if (!LabelNames.isUtf8(b, helpFrom, helpTo - helpFrom)) {
      throw new ExpositionException(
          "invalid help for metric " + name + ": " + Excerpt.quote(b, helpFrom, helpTo));
    }
    if (!LabelNames.isUtf8(b, unitFrom, unitTo - unitFrom)) {
      throw new ExpositionException(
          "invalid unit for metric " + name + ": " + Excerpt.quote(b, unitFrom, unitTo));
    }
    if (unitTo > unitFrom) {
      boolean total = type == MetricType.COUNTER && endsWith(b, nameTo, TOTAL, 0, TOTAL.length);
      int end = total ? nameTo - TOTAL.length : nameTo;
      int separator = end - (unitTo - unitFrom) - 1;
      if (!endsWith(b, end, b, unitFrom, unitTo) || separator < nameFrom || b[separator] != '_') {
        throw new ExpositionException(
            "unit "
                + Excerpt.quote(b, unitFrom, unitTo)
                + " not a suffix of "
                + (total ? "counter " : "metric ")
                + name);
      }
    }
  }

  /** Whether the name up to {@code end} ends with the bytes. */
  private boolean endsWith(byte[] b, int end, byte[] suffix, int from, int to) {
    int start = end - (to - from);
    return start >= nameFrom && Arrays.equals(b, start, end, suffix, from, to);
  }

  private static MetricType type(long number) throws ExpositionException {
    return switch ((int) number) {
      case 0 -> MetricType.COUNTER;
      case 1 -> MetricType.GAUGE;
      case 2 -> MetricType.SUMMARY;
      case 3 -> MetricType.UNKNOWN;
      case 4 -> MetricType.HISTOGRAM;
      case 5 -> MetricType.GAUGEHISTOGRAM;
      default -> throw new ExpositionException("unknown metric type: " + number);
    };
  }
}
