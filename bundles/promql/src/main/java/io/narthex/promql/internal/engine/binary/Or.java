package io.narthex.promql.internal.engine.binary;

import io.narthex.model.Labels;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code or}: the left side, and of the right side what has no counterpart there at the step. */
public final class Or extends VectorOperator implements MergeRows.MayRepeat {

  private final VectorOperator left;
  private final VectorOperator right;
  private final VectorMatching matching;
  private int[] signatures = new int[0];
  private long[] presence = new long[0];
  private int known;
  private int leftRows;

  public Or(VectorOperator left, VectorOperator right, VectorMatching matching) {
    super(left.execution(), left.steps());
    this.left = left;
    this.right = right;
    this.matching = matching;
  }

  @Override
  protected Rows open() {
    Rows a = left.rows();
    Rows b = right.rows();
    leftRows = a.size();
    GroupTable table = new GroupTable(matching.labels(), !matching.on());
    presence = SetOperator.presence(left, table);
    known = table.size();
    signatures = table.assign(b, ex.guard());
    Labels[] labels = new Labels[a.size() + b.size()];
    boolean[] dropped = new boolean[labels.length];
    for (int i = 0; i < labels.length; i++) {
      Rows side = i < leftRows ? a : b;
      int row = i < leftRows ? i : i - leftRows;
      labels[i] = side.base(row);
      dropped[i] = side.dropsName(row);
    }
    return Rows.of(ex.naming(), labels, dropped, false);
  }

  @Override
  public double rowCost() {
    return Math.max(left.rowCost(), right.rowCost());
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    if (to <= leftRows) {
      left.read(from, to, out);
      return;
    }
    if (from >= leftRows) {
      right.read(from - leftRows, to - leftRows, out);
      mask(out, 0, from - leftRows);
      return;
    }
    out.clear(to - from);
    SeriesBlock part = new SeriesBlock(steps.count());
    left.read(from, leftRows, part);
    for (int row = 0; row < part.rows; row++) {
      out.copy(row, part, row);
    }
    int offset = part.rows;
    right.read(0, to - leftRows, part);
    for (int row = 0; row < part.rows; row++) {
      out.copy(offset + row, part, row);
    }
    mask(out, offset, 0);
  }

  private void mask(SeriesBlock out, int firstRow, int firstRight) {
    for (int row = firstRow; row < out.rows; row++) {
      int g = signatures[firstRight + row - firstRow];
      for (int w = 0; w < out.words && g < known; w++) {
        out.present[row * out.words + w] &= ~presence[g * out.words + w];
      }
    }
  }
}
