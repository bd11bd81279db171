package io.narthex.exposition.internal.protobuf;

import io.narthex.api.exposition.ExpositionException;
import java.util.Arrays;

/** The value of a summary. */
final class SummaryMessage {

  double count;
  double sum;

  /** Milliseconds, 0 if unknown. */
  long start;

  int quantileCount;
  double[] quantiles = new double[8];
  double[] values = new double[8];

  private final Wire wire = new Wire();
  private final Wire inner = new Wire();

  void read(byte[] b, int from, int to) throws ExpositionException {
    count = 0;
    sum = 0;
    start = 0;
    quantileCount = 0;
    wire.reset(b, from, to);
    while (wire.next()) {
      switch (wire.field) {
        case 1 -> count = HistogramMessage.unsigned(wire.varintField());
        case 2 -> sum = wire.number64();
        case 3 -> {
          wire.requireBytes();
          quantile(b, wire.from, wire.to);
        }
        case 4 -> {
          wire.requireBytes();
          start = ExemplarMessage.millis(b, wire.from, wire.to);
        }
        default -> {}
      }
    }
  }

  private void quantile(byte[] b, int from, int to) throws ExpositionException {
    if (quantileCount == quantiles.length) {
      quantiles = Arrays.copyOf(quantiles, quantileCount * 2);
      values = Arrays.copyOf(values, quantileCount * 2);
    }
    double q = 0;
    double v = 0;
    inner.reset(b, from, to);
    while (inner.next()) {
      switch (inner.field) {
        case 1 -> q = inner.number64();
        case 2 -> v = inner.number64();
        default -> {}
      }
    }
    quantiles[quantileCount] = q;
    values[quantileCount++] = v;
  }
}
