package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** The results of an expression at the steps of a subquery, as samples. */
public final class SubquerySource implements RangeSource {

  private final VectorOperator inner;
  private final Windows windows;

  public SubquerySource(VectorOperator inner, Windows windows) {
    this.inner = inner;
    this.windows = windows;
  }

  @Override
  public Rows rows() {
    return inner.rows();
  }

  @Override
  public Windows windows() {
    return windows;
  }

  @Override
  public double rowCost() {
    return inner.rowCost() + inner.steps().count() + windows.count();
  }

  @Override
  public Reader reader() {
    int chunk = SeriesBlock.usualRows(inner.steps().count());
    SeriesBlock block = new SeriesBlock(inner.steps().count());
    return new Reader() {
      private int first;
      private int end;

      @Override
      public void read(int row, int limit, RangeInput in) {
        if (row < first || row >= end) {
          first = row;
          end = Math.min(limit, row + chunk);
          inner.read(first, end, block);
        }
        take(block, row - first, in.columns);
      }
    };
  }

  /** What is known of a reset concerns another sample than the one before in a subquery. */
  private static FloatHistogram withoutReset(FloatHistogram h) {
    return h.hint() == CounterResetHint.GAUGE
        ? h
        : NativeHistogram.of(h).hint(CounterResetHint.UNKNOWN).toFloat();
  }

  private void take(SeriesBlock block, int row, Columns out) {
    out.clear();
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      FloatHistogram h = block.histogram(row, k);
      if (h == null) {
        out.add(inner.steps().at(k), block.values[row * block.steps + k]);
      } else {
        out.add(inner.steps().at(k), withoutReset(h), 0);
      }
    }
  }
}
