package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;

/** {@code sum}: compensated as in CompensatedSum. */
final class Sum extends Aggregator {

  private final double[] sums;
  private final double[] rests;

  Sum(Execution ex, int groups, int steps, Position position) {
    super(ex, groups, steps, 2, position);
    sums = new double[groups * steps];
    rests = new double[groups * steps];
  }

  @Override
  protected void addRun(double[] values, int from, int cell, int n) {
    double[] s = sums;
    double[] r = rests;
    for (int i = 0; i < n; i++) {
      double x = values[from + i];
      double sum = s[cell + i];
      double t = sum + x;
      double lost = Math.abs(sum) >= Math.abs(x) ? (sum - t) + x : (x - t) + sum;
      r[cell + i] = Double.isInfinite(t) ? 0 : r[cell + i] + lost;
      s[cell + i] = t;
      counts[cell + i]++;
    }
  }

  @Override
  protected void add(double x, int cell) {
    double sum = sums[cell];
    double t = sum + x;
    if (Double.isInfinite(t)) {
      rests[cell] = 0;
    } else if (Math.abs(sum) >= Math.abs(x)) {
      rests[cell] += (sum - t) + x;
    } else {
      rests[cell] += (x - t) + sum;
    }
    sums[cell] = t;
    counts[cell]++;
  }

  @Override
  protected void addHistogram(FloatHistogram histogram, int cell) {
    throw EvaluationFailure.of("not supported yet: native histograms");
  }

  @Override
  protected double result(int cell) {
    return sums[cell] + rests[cell];
  }
}
