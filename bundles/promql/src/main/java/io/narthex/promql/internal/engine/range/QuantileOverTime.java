package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.Quantiles;

/**
 * {@code quantile_over_time}. The window is kept sorted: a sample is put in where it belongs and
 * taken out again, unless so few stay that sorting anew is cheaper.
 */
final class QuantileOverTime extends FloatRangeFunction {

  private double[] sorted = new double[0];
  private int size;

  @Override
  protected void evaluateFloats(RangeInput in, RowOutput out) {
    double[] values = in.columns.values;
    double[] q = in.arguments.getFirst();
    if (sorted.length < in.columns.size) {
      sorted = new double[in.columns.size];
    }
    size = 0;
    int from = 0;
    int to = 0;
    for (int k = 0; k < in.steps; k++) {
      int lo = in.lo[k];
      int hi = in.hi[k];
      if (hi <= lo) {
        continue;
      }
      if (!(q[k] >= 0 && q[k] <= 1)) {
        in.ex.notes().invalidQuantile(q[k], in.argumentPosition);
      }
      int changes = Math.max(0, lo - from) + hi - to;
      if (lo >= to || changes > (hi - lo) / 2) {
        size = hi - lo;
        System.arraycopy(values, lo, sorted, 0, size);
        Quantiles.sort(sorted, size);
        in.worked(size);
      } else {
        for (int i = from; i < lo; i++) {
          remove(values[i]);
        }
        for (int i = to; i < hi; i++) {
          insert(values[i]);
        }
        in.worked(changes * 8);
      }
      from = lo;
      to = hi;
      out.set(k, Quantiles.of(q[k], sorted, size));
    }
  }

  private void insert(double v) {
    int at = Quantiles.search(sorted, size, v);
    System.arraycopy(sorted, at, sorted, at + 1, size - at);
    sorted[at] = v;
    size++;
  }

  private void remove(double v) {
    int at = Quantiles.search(sorted, size, v);
    System.arraycopy(sorted, at + 1, sorted, at, size - at - 1);
    size--;
  }
}
