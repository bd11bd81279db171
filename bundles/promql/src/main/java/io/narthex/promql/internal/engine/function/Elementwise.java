package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** Applies a function to each float; histograms are left out without a word. */
final class Elementwise extends MapOperator {

  private final ElementFunction function;

  Elementwise(VectorOperator input, ElementFunction function) {
    super(input);
    this.function = function;
  }

  @Override
  protected Rows open() {
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    removeHistograms(block, row);
    int from = row * block.steps;
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      block.values[from + k] = function.apply(block.values[from + k]);
    }
  }

  /** Leaves the floats of a row. */
  static void removeHistograms(SeriesBlock block, int row) {
    if (block.histograms == null) {
      return;
    }
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      if (block.histogram(row, k) != null) {
        block.remove(row, k);
      }
    }
  }
}
