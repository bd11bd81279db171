package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.SeriesBlock;

/**
 * The state of an aggregation that takes samples one after the other: a cell for each group and
 * step. Series come in order and by one thread at a time.
 */
abstract class Aggregator {

  protected final Execution ex;
  protected final int steps;
  protected final Position position;

  /** The metric that is being added, for messages. */
  protected String metricName = "";

  /** How many samples each cell has got. */
  protected final int[] counts;

  /**
   * @param arrays how many numbers a cell takes beside its count
   */
  protected Aggregator(Execution ex, int groups, int steps, int arrays, Position position) {
    ex.guard().checkFits((double) groups * steps);
    ex.guard().take((long) groups * steps * (4 + 8L * arrays));
    this.ex = ex;
    this.steps = steps;
    this.position = position;
    this.counts = new int[groups * steps];
  }

  /** Adds the samples of a row. */
  final void add(SeriesBlock block, int row, int group, String metric) {
    metricName = metric;
    int from = row * steps;
    int cell = group * steps;
    boolean mixed = block.histograms != null && block.hasHistograms(row);
    for (int w = 0; w < block.words; w++) {
      long bits = block.present[row * block.words + w];
      if (bits == 0) {
        continue;
      }
      int base = w << 6;
      if (bits == -1L && !mixed) {
        addRun(block.values, from + base, cell + base, 64);
        continue;
      }
      while (bits != 0) {
        int k = base + Long.numberOfTrailingZeros(bits);
        bits &= bits - 1;
        var histogram = mixed ? block.histogram(row, k) : null;
        if (histogram == null) {
          add(block.values[from + k], cell + k);
        } else {
          addHistogram(histogram, cell + k);
        }
      }
    }
  }

  /** Adds samples of consecutive steps; overridden where a loop of its own pays. */
  protected void addRun(double[] values, int from, int cell, int n) {
    for (int i = 0; i < n; i++) {
      add(values[from + i], cell + i);
    }
  }

  protected abstract void add(double value, int cell);

  /** Histograms are ignored by most aggregations; those that are for floats only say so. */
  protected abstract void addHistogram(
      io.narthex.model.histogram.FloatHistogram histogram, int cell);

  /** The result of a cell that has samples. */
  protected abstract double result(int cell);

  /** Writes the results of a group. */
  void finish(int group, SeriesBlock out, int row) {
    for (int k = 0; k < steps; k++) {
      int cell = group * steps + k;
      if (counts[cell] > 0) {
        out.set(row, k, result(cell));
      }
    }
  }
}
