package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** What sorting leaves where there is no order to make: the floats. */
final class FloatsOnly extends MapOperator {

  FloatsOnly(VectorOperator input) {
    super(input);
  }

  @Override
  protected Rows open() {
    return input.rows();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    if (block.hasHistograms(row)) {
      for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
        if (block.histogram(row, k) != null) {
          block.remove(row, k);
        }
      }
    }
  }
}
