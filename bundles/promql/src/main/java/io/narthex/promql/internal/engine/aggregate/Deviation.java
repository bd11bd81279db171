package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;

/** {@code stddev} and {@code stdvar} of a population, by Welford's method. */
final class Deviation extends FloatAggregator {

  private final boolean root;
  private final double[] means;
  private final double[] squares;

  Deviation(Execution ex, int groups, int steps, Position position, boolean root) {
    super(ex, groups, steps, 2, position, root ? "stddev" : "stdvar");
    this.root = root;
    means = new double[groups * steps];
    squares = new double[groups * steps];
  }

  @Override
  protected void add(double value, int cell) {
    int n = ++counts[cell];
    if (n == 1) {
      means[cell] = value;
      squares[cell] = Double.isFinite(value) ? 0 : Double.NaN;
      return;
    }
    double delta = value - means[cell];
    means[cell] += delta / n;
    squares[cell] += delta * (value - means[cell]);
  }

  @Override
  protected double result(int cell) {
    double variance = squares[cell] / counts[cell];
    return root ? Math.sqrt(variance) : variance;
  }
}
