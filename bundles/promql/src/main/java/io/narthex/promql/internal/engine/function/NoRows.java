package io.narthex.promql.internal.engine.function;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** An empty vector. */
final class NoRows extends VectorOperator {

  NoRows(Execution ex, Steps steps) {
    super(ex, steps);
  }

  @Override
  protected Rows open() {
    return Rows.of(ex.naming(), new Labels[0], true);
  }

  @Override
  public double rowCost() {
    return 0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
  }
}
