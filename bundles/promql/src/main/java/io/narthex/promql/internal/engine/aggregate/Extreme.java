package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;

/** {@code min} and {@code max}: NaN only where there is nothing else. */
final class Extreme extends FloatAggregator {

  private final boolean max;
  private final double[] best;

  Extreme(Execution ex, int groups, int steps, Position position, boolean max) {
    super(ex, groups, steps, 1, position, max ? "max" : "min");
    this.max = max;
    best = new double[groups * steps];
  }

  @Override
  protected void add(double value, int cell) {
    double b = best[cell];
    if (counts[cell]++ == 0 || (max ? value > b : value < b) || Double.isNaN(b)) {
      best[cell] = value;
    }
  }

  @Override
  protected double result(int cell) {
    return best[cell];
  }
}
