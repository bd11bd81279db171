package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;

/** An aggregation of floats; histograms are ignored and that is said. */
abstract class FloatAggregator extends Aggregator {

  private final String name;

  FloatAggregator(Execution ex, int groups, int steps, int arrays, Position position, String name) {
    super(ex, groups, steps, arrays, position);
    this.name = name;
  }

  @Override
  protected final void addHistogram(FloatHistogram histogram, int cell) {
    ex.notes().histogramIgnoredInAggregation(name, position);
  }
}
