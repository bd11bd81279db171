package io.narthex.promql.internal.engine.function;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import org.jspecify.annotations.Nullable;

/** {@code label_replace} and {@code label_join}: other labels for the same samples. */
final class Relabel extends VectorOperator implements MergeRows.MayRepeat {

  /** Gives a series other labels, or null to leave them as they are. */
  @FunctionalInterface
  interface Change {
    @Nullable Labels apply(Labels labels);
  }

  private final VectorOperator input;
  private final String target;
  private final Change change;

  /**
   * @param target the label that may change
   */
  Relabel(VectorOperator input, String target, Change change) {
    super(input.execution(), input.steps());
    this.input = input;
    this.target = target;
    this.change = change;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    Labels[] labels = new Labels[rows.size()];
    boolean[] dropped = new boolean[rows.size()];
    for (int i = 0; i < labels.length; i++) {
      if ((i & 1023) == 1023) {
        ex.check();
      }
      Labels before = rows.labels(i);
      Labels after = change.apply(before);
      labels[i] = after == null ? before : after;
      boolean named = target.equals(Labels.NAME) && after != null;
      dropped[i] = rows.naming().delayed() && rows.dropsName(i) && !named;
    }
    return Rows.of(ex.naming(), labels, dropped, false);
  }

  @Override
  public double rowCost() {
    return input.rowCost();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    input.read(from, to, out);
  }
}
