package io.narthex.promql.internal.engine.function;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code vector}: a scalar as a series without labels. */
final class ScalarVector extends VectorOperator {

  private final ScalarOperator scalar;
  private double[] values = new double[0];

  ScalarVector(Execution ex, Steps steps, ScalarOperator scalar) {
    super(ex, steps);
    this.scalar = scalar;
  }

  @Override
  protected Rows open() {
    values = scalar.values();
    return Rows.of(ex.naming(), new Labels[] {Labels.EMPTY}, true);
  }

  @Override
  public double rowCost() {
    return 0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    if (from == 0 && to == 1) {
      System.arraycopy(values, 0, out.values, 0, values.length);
      out.fill(0);
    }
  }
}
