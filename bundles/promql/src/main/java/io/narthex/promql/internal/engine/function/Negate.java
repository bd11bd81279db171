package io.narthex.promql.internal.engine.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** The minus sign before a vector. */
public final class Negate extends MapOperator {

  public Negate(VectorOperator input) {
    super(input);
  }

  @Override
  protected Rows open() {
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    if (block.histograms != null && block.hasHistograms(row)) {
      for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
        FloatHistogram h = block.histogram(row, k);
        if (h != null) {
          block.set(row, k, NativeHistogram.of(h).multiply(-1).toFloat());
        }
      }
    }
    for (int i = row * block.steps, end = i + block.steps; i < end; i++) {
      block.values[i] = -block.values[i];
    }
  }
}
