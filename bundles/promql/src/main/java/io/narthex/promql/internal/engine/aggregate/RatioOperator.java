package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Notes;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code limit_ratio}: the series whose labels' hash falls into a part of all hashes. */
final class RatioOperator extends MapOperator {

  private final ScalarOperator ratio;
  private final Position argument;
  private double[] ratios = new double[0];

  RatioOperator(VectorOperator input, ScalarOperator ratio, Position argument) {
    super(input);
    this.ratio = ratio;
    this.argument = argument;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    double[] r = ratio.values().clone();
    for (int i = 0; i < r.length; i++) {
      if (Double.isNaN(r[i])) {
        throw EvaluationFailure.of("Ratio value is NaN");
      }
      if (r[i] > 1 || r[i] < -1) {
        double capped = Math.signum(r[i]);
        ex.notes()
            .warn(
                "ratio value should be between -1 and 1, got "
                    + Notes.g(r[i])
                    + ", capping to "
                    + Notes.g(capped),
                argument);
        r[i] = capped;
      }
    }
    ratios = r;
    return rows;
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    double offset = offset(input.rows().labels(series).stableHash());
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      double r = ratios[k];
      boolean keep = r >= 0 ? offset < r || r == 1 : offset >= 1 + r;
      if (!keep || r == 0) {
        block.remove(row, k);
      }
    }
  }

  /** The hash, without sign, as a part of the largest one. */
  private static double offset(long hash) {
    double unsigned = (hash >>> 1) * 2.0 + (hash & 1);
    return unsigned / 0x1p64;
  }
}
