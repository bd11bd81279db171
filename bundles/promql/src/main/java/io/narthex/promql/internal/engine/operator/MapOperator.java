package io.narthex.promql.internal.engine.operator;

import io.narthex.promql.internal.engine.data.SeriesBlock;

/** Changes the samples of its input, row by row, where they stand. */
public abstract class MapOperator extends VectorOperator {

  protected final VectorOperator input;

  protected MapOperator(VectorOperator input) {
    super(input.execution(), input.steps());
    this.input = input;
  }

  @Override
  public double rowCost() {
    return input.rowCost();
  }

  @Override
  public final void read(int from, int to, SeriesBlock out) {
    input.read(from, to, out);
    for (int row = 0; row < out.rows; row++) {
      map(out, row, from + row);
    }
  }

  /**
   * Changes a row.
   *
   * @param row within the block
   * @param series its number among all rows
   */
  protected abstract void map(SeriesBlock block, int row, int series);
}
