package io.narthex.promql.internal.engine.operator;

import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;

/** All rows of an operator held at once, for those who need to see them in another order. */
public final class Materialized {

  private Materialized() {}

  /** Evaluates everything. */
  public static SeriesBlock of(VectorOperator source) {
    Execution ex = source.execution();
    Rows rows = source.rows();
    int steps = source.steps().count();
    ex.guard().checkFits((double) rows.size() * steps / 64);
    ex.guard().take(SeriesBlock.bytes(rows.size(), steps));
    SeriesBlock all = new SeriesBlock(steps);
    all.clear(rows.size());
    BlockScan.run(
        source,
        (block, from) -> {
          ex.guard().hold(block.count());
          for (int row = 0; row < block.rows; row++) {
            all.copy(from + row, block, row);
          }
        });
    return all;
  }

  /** Makes {@code out} the rows from {@code from} to before {@code to}. */
  public static void copy(SeriesBlock all, int from, int to, SeriesBlock out) {
    out.clear(to - from);
    for (int row = from; row < to; row++) {
      out.copy(row - from, all, row);
    }
  }
}
