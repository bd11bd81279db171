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
    int[] c = counts;
    for (int i = 0; i < n; i++) {
      double x = values[from + i];
      double sum = s[cell + i];
      double t = sum + x;
      // What the addition lost, exactly and without a comparison; of an infinite sum it means
      // nothing and is not looked at.
      double added = t - sum;
      r[cell + i] += (sum - (t - added)) + (x - added);
      s[cell + i] = t;
    }
    for (int i = 0; i < n; i++) {
      c[cell + i]++;
    }
  }

  @Override
  protected void add(double x, int cell) {
    double sum = sums[cell];
    double t = sum + x;
    double added = t - sum;
    rests[cell] += (sum - (t - added)) + (x - added);
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
    double sum = sums[cell];
    return Double.isInfinite(sum) ? sum : sum + rests[cell];
  }
}
