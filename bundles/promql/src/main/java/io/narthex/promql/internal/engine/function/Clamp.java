package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import org.jspecify.annotations.Nullable;

/** {@code clamp}, {@code clamp_min} and {@code clamp_max}. */
final class Clamp extends MapOperator {

  private final @Nullable ScalarOperator min;
  private final @Nullable ScalarOperator max;
  private double @Nullable [] mins;
  private double @Nullable [] maxs;

  /**
   * @param min null for no lower bound
   * @param max null for no upper bound
   */
  Clamp(VectorOperator input, @Nullable ScalarOperator min, @Nullable ScalarOperator max) {
    super(input);
    this.min = min;
    this.max = max;
  }

  @Override
  protected Rows open() {
    mins = min == null ? null : min.values();
    maxs = max == null ? null : max.values();
    return input.rows().dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    Elementwise.removeHistograms(block, row);
    double[] lower = mins;
    double[] upper = maxs;
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      int at = row * block.steps + k;
      double v = block.values[at];
      if (lower != null && upper != null && lower[k] > upper[k]) {
        block.remove(row, k);
        continue;
      }
      if (upper != null) {
        v = GoMath.min(upper[k], v);
      }
      if (lower != null) {
        v = GoMath.max(lower[k], v);
      }
      block.values[at] = v;
    }
  }
}
