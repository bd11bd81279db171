package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.SeriesBlock;

/** {@code sum}: compensated as in CompensatedSum. */
final class Sum extends Aggregator {

  private final double[] sums;
  private final double[] rests;
  private final HistogramCells histograms;

  Sum(Execution ex, int groups, int steps, Position position) {
    super(ex, groups, steps, 2, position);
    histograms = new HistogramCells(ex, position, false);
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
    return sums[cell] + rests[cell];
  }
}
