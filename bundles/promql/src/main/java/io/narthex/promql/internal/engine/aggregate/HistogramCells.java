package io.narthex.promql.internal.engine.aggregate;

import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The histograms among the samples of {@code sum} and {@code avg}, by cell. */
final class HistogramCells {

  /** What is known of one cell. */
  private static final class Cell {
    private final NativeHistogram sum;
    private int count = 1;
    private boolean incompatible;
    private boolean mean;
    private boolean reset;
    private boolean noReset;

    Cell(FloatHistogram first) {
      sum = NativeHistogram.of(first);
    }

    void see(CounterResetHint hint) {
      reset |= hint == CounterResetHint.RESET;
      noReset |= hint == CounterResetHint.NOT_RESET;
    }
  }

  private final Execution ex;
  private final Position position;
  private final boolean average;
  private final Map<Integer, Cell> cells = new HashMap<>();

  HistogramCells(Execution ex, Position position, boolean average) {
    this.ex = ex;
    this.position = position;
    this.average = average;
  }

  boolean has(int cell) {
    return !cells.isEmpty() && cells.containsKey(cell);
  }

  void add(FloatHistogram h, int cell, String metric) {
    Cell c = cells.get(cell);
    if (c == null) {
      ex.guard().take(256);
      c = new Cell(h);
      c.see(h.hint());
      cells.put(cell, c);
      return;
    }
    c.see(h.hint());
    c.count++;
    if (c.incompatible) {
      return;
    }
    NativeHistogram.Outcome outcome = average ? average(c, h) : c.sum.add(NativeHistogram.of(h));
    if (outcome == NativeHistogram.Outcome.INCOMPATIBLE) {
      c.incompatible = true;
      ex.notes().mixedSchemas(metric, position);
    } else if (outcome == NativeHistogram.Outcome.RECONCILED) {
      ex.notes().combined(outcome, "aggregation", position);
    }
  }

  /** The sum, which is divided at the end; a moving mean from where it would overflow. */
  private static NativeHistogram.Outcome average(Cell c, FloatHistogram h) {
    if (!c.mean && c.sum.overflows(h)) {
      c.mean = true;
      c.sum.divide(c.count - 1);
    }
    if (!c.mean) {
      return c.sum.add(NativeHistogram.of(h));
    }
    c.sum.multiply((c.count - 1.0) / c.count);
    return c.sum.add(NativeHistogram.of(h).divide(c.count));
  }

  /** The result of a cell; null if its histograms do not fit together. */
  @Nullable FloatHistogram result(int cell) {
    Cell c = cells.get(cell);
    if (c == null || c.incompatible) {
      return null;
    }
    if (c.reset && c.noReset) {
      ex.notes().combined(NativeHistogram.Outcome.CONFLICTING_RESETS, "aggregation", position);
    }
    if (average && !c.mean) {
      return c.sum.copy().divide(c.count).toFloat();
    }
    return c.sum.toFloat();
  }
}
