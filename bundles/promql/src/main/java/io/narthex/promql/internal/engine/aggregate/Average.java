package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.CompensatedSum;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import java.util.BitSet;

/** {@code avg}: the compensated sum divided, or a moving mean from where that would overflow. */
final class Average extends Aggregator {

  private final double[] sums;
  private final double[] rests;
  private final HistogramCells histograms;
  private final BitSet moving = new BitSet();
  private final CompensatedSum sum = new CompensatedSum();

  Average(Execution ex, int groups, int steps, Position position) {
    super(ex, groups, steps, 2, position);
    histograms = new HistogramCells(ex, position, true);
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
    histograms.add(histogram, cell, metricName);
  }

  @Override
  void finish(int group, SeriesBlock out, int row) {
    for (int k = 0; k < steps; k++) {
      int cell = group * steps + k;
      if (!histograms.has(cell)) {
        if (counts[cell] > 0) {
          out.set(row, k, result(cell));
        }
      } else if (counts[cell] > 0) {
        ex.notes().mixedFloatsHistogramsInAggregation(position);
      } else {
        FloatHistogram h = histograms.result(cell);
        if (h != null) {
          out.set(row, k, h);
        }
      }
    }
  }

  @Override
  protected double result(int cell) {
    int n = counts[cell];
    return moving.get(cell) ? sums[cell] + rests[cell] : sums[cell] / n + rests[cell] / n;
  }
}
