package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code round}: to the nearest multiple, ties up. */
final class Round extends MapOperator {

  private final ScalarOperator nearest;
  private double[] to = new double[0];

  Round(VectorOperator input, ScalarOperator nearest) {
    super(input);
    this.nearest = nearest;
  }

  @Override
  protected Rows open() {
    to = nearest.values();
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    Elementwise.removeHistograms(block, row);
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      int at = row * block.steps + k;
      // Through the inverse, so that tenths come out as tenths.
      double inverse = 1 / to[k];
      block.values[at] = Math.floor(block.values[at] * inverse + 0.5) / inverse;
    }
  }
}
