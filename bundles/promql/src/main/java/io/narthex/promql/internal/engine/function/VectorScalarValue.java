package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.Arrays;

/** {@code scalar}: the only float of each step, NaN where there is none or more than one. */
final class VectorScalarValue extends ScalarOperator {

  private final VectorOperator input;

  VectorScalarValue(VectorOperator input) {
    this.input = input;
  }

  @Override
  protected double[] evaluate() {
    int n = input.steps().count();
    double[] out = new double[n];
    boolean[] seen = new boolean[n];
    Arrays.fill(out, Double.NaN);
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            Elementwise.removeHistograms(block, row);
            for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
              out[k] = seen[k] ? Double.NaN : block.values[row * n + k];
              seen[k] = true;
            }
          }
        });
    return out;
  }
}
