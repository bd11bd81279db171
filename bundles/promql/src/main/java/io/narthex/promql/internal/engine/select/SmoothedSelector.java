package io.narthex.promql.internal.engine.select;

import io.narthex.api.storage.Series;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/**
 * The value of each series at each step, interpolated between the samples around it. Without a
 * later sample the earlier one is carried forward; without an earlier one there is nothing.
 */
public final class SmoothedSelector extends VectorOperator {

  private final Selection selection;
  private final Windows windows;
  private final Position position;

  /**
   * @param windows of the lookback's length before and after each step
   */
  public SmoothedSelector(Execution ex, Selection selection, Windows windows, Position position) {
    super(ex, windows.steps());
    this.selection = selection;
    this.windows = windows;
    this.position = position;
  }

  @Override
  protected Rows open() {
    return selection.rows(ex.naming());
  }

  @Override
  public double rowCost() {
    return steps.count() + windows.span() / 15_000.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    Series[] series = selection.series();
    Rows rows = selection.rows(ex.naming());
    SampleReader reader = new SampleReader(ex, windows, false);
    Columns columns = new Columns(false);
    for (int row = from; row < to; row++) {
      reader.read(series[row], columns);
      if (columns.histogramCount > 0) {
        histograms(columns, rows, row);
      }
      interpolate(columns, out, row - from);
    }
    ex.statistics().queryable(out.count());
  }

  private void histograms(Columns c, Rows rows, int row) {
    if (c.size == 0) {
      throw EvaluationFailure.of("not supported yet: native histograms");
    }
    ex.notes().mixedFloatsHistograms(rows.base(row).metricName(), position);
    c.clear();
  }

  private void interpolate(Columns c, SeriesBlock out, int row) {
    int next = 0;
    for (int k = 0; k < steps.count(); k++) {
      long t = windows.end(k);
      while (next < c.size && c.times[next] <= t) {
        next++;
      }
      int before = next - 1;
      if (before < 0 || c.times[before] <= t - windows.range()) {
        continue;
      }
      double a = c.values[before];
      long from = c.times[before];
      if (from == t || next == c.size || c.times[next] > t + windows.after()) {
        out.set(row, k, a);
      } else {
        double part = (double) (t - from) / (double) (c.times[next] - from);
        out.set(row, k, a + (c.values[next] - a) * part);
      }
    }
  }
}
