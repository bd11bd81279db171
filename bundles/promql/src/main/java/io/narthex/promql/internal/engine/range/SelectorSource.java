package io.narthex.promql.internal.engine.range;

import io.narthex.api.storage.Series;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.select.SampleReader;
import io.narthex.promql.internal.engine.select.Selection;

/** The samples of a range selector. */
public final class SelectorSource implements RangeSource {

  private final Execution ex;
  private final Selection selection;
  private final Windows windows;
  private final boolean deriveHints;

  /**
   * @param deriveHints as for the SampleReader
   */
  public SelectorSource(Execution ex, Selection selection, Windows windows, boolean deriveHints) {
    this.ex = ex;
    this.selection = selection;
    this.windows = windows;
    this.deriveHints = deriveHints;
  }

  @Override
  public Rows rows() {
    return selection.rows(ex.naming());
  }

  @Override
  public Windows windows() {
    return windows;
  }

  @Override
  public double rowCost() {
    double perWindow = windows.range() / 15_000.0 + 1;
    return windows.count() + Math.min(windows.count() * perWindow, windows.span() / 15_000.0);
  }

  @Override
  public Reader reader() {
    SampleReader reader = new SampleReader(ex, windows, false, deriveHints);
    Series[] series = selection.series();
    return (row, end, in) -> reader.read(series[row], in.columns);
  }
}
