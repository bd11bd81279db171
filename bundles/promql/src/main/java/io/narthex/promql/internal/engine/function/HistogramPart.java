package io.narthex.promql.internal.engine.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.function.ToDoubleFunction;

/** {@code histogram_count}, {@code histogram_sum} and others: a number of each native histogram. */
final class HistogramPart extends MapOperator {

  private final ToDoubleFunction<FloatHistogram> part;

  HistogramPart(VectorOperator input, ToDoubleFunction<FloatHistogram> part) {
    super(input);
    this.part = part;
  }

  @Override
  protected Rows open() {
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      FloatHistogram h = block.histogram(row, k);
      if (h == null) {
        block.remove(row, k);
      } else {
        block.values[row * block.steps + k] = part.applyAsDouble(h);
      }
    }
    if (row == block.rows - 1) {
      block.histograms = null;
    }
  }
}
