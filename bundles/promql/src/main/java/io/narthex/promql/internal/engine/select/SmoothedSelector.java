package io.narthex.promql.internal.engine.select;

import io.narthex.api.storage.Series;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.histogram.HistogramInterpolation;
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
      if (columns.histogramCount == 0) {
        interpolate(columns, out, row - from);
      } else if (columns.size == 0) {
        interpolateHistograms(columns, rows.base(row).metricName(), out, row - from);
      } else {
        ex.notes().mixedFloatsHistograms(rows.base(row).metricName(), position);
      }
    }
    ex.statistics().queryable(out.count());
  }

  private void interpolateHistograms(Columns c, String metric, SeriesBlock out, int row) {
    int next = 0;
    for (int k = 0; k < steps.count(); k++) {
      long t = windows.end(k);
      while (next < c.histogramCount && c.histogramTimes[next] <= t) {
        next++;
      }
      int before = next - 1;
      if (before < 0 || c.histogramTimes[before] <= t - windows.range()) {
        continue;
      }
      FloatHistogram a = c.histograms[before];
      long from = c.histogramTimes[before];
      if (from == t || next == c.histogramCount || c.histogramTimes[next] > t + windows.after()) {
        out.set(row, k, a);
        continue;
      }
      FloatHistogram value =
          HistogramInterpolation.between(a, from, c.histograms[next], c.histogramTimes[next], t);
      if (value == null) {
        ex.notes().mixedSchemas(metric, position);
      } else {
        out.set(row, k, value);
      }
    }
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
