package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;

/** {@code count} and {@code group}: of floats and histograms. */
final class Count extends Aggregator {

  private final boolean group;

  /**
   * @param group whether any number of samples gives 1
   */
  Count(Execution ex, int groups, int steps, Position position, boolean group) {
    super(ex, groups, steps, 0, position);
    this.group = group;
  }

  @Override
  protected void addRun(double[] values, int from, int cell, int n) {
    for (int i = 0; i < n; i++) {
      counts[cell + i]++;
    }
  }

  @Override
  protected void add(double value, int cell) {
    counts[cell]++;
  }

  @Override
  protected void addHistogram(FloatHistogram histogram, int cell) {
    counts[cell]++;
  }

  @Override
  protected double result(int cell) {
    return group ? 1 : counts[cell];
  }
}
