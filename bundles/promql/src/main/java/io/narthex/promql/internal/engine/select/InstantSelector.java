package io.narthex.promql.internal.engine.select;

import io.narthex.api.storage.Series;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.ScratchPool;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/**
 * The newest sample of each series within the lookback of each step. A mark of staleness hides what
 * is behind it.
 */
public final class InstantSelector extends VectorOperator {

  /** What of the sample is given. */
  public enum Part {
    VALUE,
    /** Its time in seconds, for {@code timestamp()}. */
    TIME,
    /** Since when it counts, in seconds, for {@code start_timestamp()}. */
    START_TIME
  }

  private final Selection selection;
  private final Windows windows;
  private final Part part;
  private final boolean deriveHints;
  private final ScratchPool<Scratch> scratch = new ScratchPool<>(Scratch::new);

  /** What one thread works with. */
  private final class Scratch {
    final SampleReader reader = new SampleReader(ex, windows, true, deriveHints);
    final Columns columns = new Columns(part == Part.START_TIME);
    final StepLookup lookup = new StepLookup(windows);
  }

  /**
   * @param windows of the lookback's length
   * @param deriveHints as for the SampleReader
   */
  public InstantSelector(
      Execution ex, Selection selection, Windows windows, Part part, boolean deriveHints) {
    super(ex, windows.steps());
    this.selection = selection;
    this.windows = windows;
    this.part = part;
    this.deriveHints = deriveHints;
  }

  @Override
  protected Rows open() {
    Rows rows = selection.rows(ex.naming());
    return part == Part.VALUE ? rows : rows.dropNames();
  }

  @Override
  public boolean isSilent() {
    return true;
  }

  @Override
  public double rowCost() {
    return steps.count() + Math.min(steps.count() * 20.0, windows.span() / 15_000.0);
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    Series[] series = selection.series();
    Scratch s = scratch.take();
    Columns columns = s.columns;
    for (int row = from; row < to; row++) {
      s.reader.read(series[row], columns);
      if (columns.histogramCount > 0) {
        pickMixed(columns, out, row - from);
      } else if (columns.size > 0) {
        s.lookup.update(columns);
        pick(columns, s.lookup.index, out, row - from);
      }
    }
    scratch.giveBack(s);
    count(out);
  }

  private void count(SeriesBlock out) {
    ex.statistics().queryable(out.count());
    if (ex.statistics().countsSteps() && steps.count() == ex.query().count()) {
      for (int row = 0; row < out.rows; row++) {
        for (int k = out.next(row, 0); k >= 0; k = out.next(row, k + 1)) {
          ex.statistics().step(k, 1);
        }
      }
    }
  }

  private void pick(Columns c, int[] index, SeriesBlock out, int row) {
    double[] from = c.values;
    double[] to = out.values;
    int at = row * index.length;
    int word = row * out.words;
    long present = 0;
    for (int k = 0; k < index.length; k++) {
      int i = index[k];
      if (i >= 0) {
        double v = from[i];
        if (Double.doubleToRawLongBits(v) != StaleMarker.BITS) {
          to[at + k] = part == Part.VALUE ? v : seconds(c, i);
          present |= 1L << k;
        }
      }
      if ((k & 63) == 63) {
        out.present[word++] = present;
        present = 0;
      }
    }
    if ((index.length & 63) != 0) {
      out.present[word] = present;
    }
  }

  private double seconds(Columns c, int i) {
    return part == Part.TIME || c.starts == null ? c.times[i] / 1000.0 : c.starts[i] / 1000.0;
  }

  /** The newer of the newest float and the newest histogram. */
  private void pickMixed(Columns c, SeriesBlock out, int row) {
    int i = 0;
    int j = 0;
    for (int k = 0; k < steps.count(); k++) {
      long end = windows.end(k);
      while (i < c.size && c.times[i] <= end) {
        i++;
      }
      while (j < c.histogramCount && c.histogramTimes[j] <= end) {
        j++;
      }
      long limit = end - windows.range();
      long f = i > 0 ? c.times[i - 1] : Long.MIN_VALUE;
      long h = j > 0 ? c.histogramTimes[j - 1] : Long.MIN_VALUE;
      if (f > h) {
        if (f > limit && !StaleMarker.is(c.values[i - 1])) {
          out.set(row, k, part == Part.VALUE ? c.values[i - 1] : seconds(c, i - 1));
        }
      } else if (j > 0 && h > limit && !c.histograms[j - 1].isStale()) {
        setHistogram(c, j - 1, out, row, k);
      }
    }
  }

  private void setHistogram(Columns c, int j, SeriesBlock out, int row, int k) {
    FloatHistogram histogram = c.histograms[j];
    switch (part) {
      case VALUE -> out.set(row, k, histogram);
      case TIME -> out.set(row, k, c.histogramTimes[j] / 1000.0);
      case START_TIME ->
          out.set(row, k, c.histogramStarts == null ? 0 : c.histogramStarts[j] / 1000.0);
    }
  }
}
