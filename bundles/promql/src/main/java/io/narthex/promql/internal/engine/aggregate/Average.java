package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.CompensatedSum;
import java.util.BitSet;

/** {@code avg}: the compensated sum divided, or a moving mean from where that would overflow. */
final class Average extends Aggregator {

  private final double[] sums;
  private final double[] rests;
  private final BitSet moving = new BitSet();
  private final CompensatedSum sum = new CompensatedSum();

  Average(Execution ex, int groups, int steps, Position position) {
    super(ex, groups, steps, 2, position);
    sums = new double[groups * steps];
    rests = new double[groups * steps];
  }

  @Override
  protected void add(double x, int cell) {
    int n = ++counts[cell];
    if (n == 1) {
      sums[cell] = x;
      return;
    }
    if (!moving.get(cell)) {
      sum.set(sums[cell], rests[cell]);
      sum.add(x);
      if (!Double.isInfinite(sum.sum)) {
        sums[cell] = sum.sum;
        rests[cell] = sum.rest;
        return;
      }
      moving.set(cell);
      sums[cell] /= n - 1;
      rests[cell] /= n - 1;
    }
    double q = (n - 1.0) / n;
    sum.set(q * sums[cell], q * rests[cell]);
    sum.add(x / n);
    sums[cell] = sum.sum;
    rests[cell] = sum.rest;
  }

  @Override
  protected void addHistogram(FloatHistogram histogram, int cell) {
    throw EvaluationFailure.of("not supported yet: native histograms");
  }

  @Override
  protected double result(int cell) {
    int n = counts[cell];
    return moving.get(cell) ? sums[cell] + rests[cell] : sums[cell] / n + rests[cell] / n;
  }
}
