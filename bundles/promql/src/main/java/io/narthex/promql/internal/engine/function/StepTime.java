package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code timestamp} of what is no plain selector: the time of the evaluation. */
final class StepTime extends MapOperator {

  StepTime(VectorOperator input) {
    super(input);
  }

  @Override
  protected Rows open() {
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      block.values[row * block.steps + k] = steps.at(k) / 1000.0;
    }
    if (row == block.rows - 1) {
      block.histograms = null;
    }
  }
}
