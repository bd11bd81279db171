package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code sort} and {@code sort_desc} of a single step: by value, NaN last; floats only. */
final class Sort extends VectorOperator {

  private final VectorOperator input;
  private final boolean descending;
  private SeriesBlock result = new SeriesBlock(1);

  Sort(VectorOperator input, boolean descending) {
    super(input.execution(), input.steps());
    this.input = input;
    this.descending = descending;
  }

  @Override
  protected Rows open() {
    SeriesBlock all = Materialized.of(input);
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < all.rows; row++) {
      if (all.has(row, 0) && all.histogram(row, 0) == null) {
        order.add(row);
      }
    }
    Comparator<Integer> byValue =
        (a, b) -> {
          double x = all.values[a];
          double y = all.values[b];
          if (Double.isNaN(x) || Double.isNaN(y)) {
            return Boolean.compare(Double.isNaN(x), Double.isNaN(y));
          }
          return x == y ? 0 : (x < y) == descending ? 1 : -1;
        };
    order.sort(byValue);
    int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
    result = pick(all, rows);
    return input.rows().pick(rows, rows.length);
  }

  /** The given rows of a block, in that order. */
  static SeriesBlock pick(SeriesBlock all, int[] rows) {
    SeriesBlock out = new SeriesBlock(all.steps);
    out.clear(rows.length);
    for (int i = 0; i < rows.length; i++) {
      out.copy(i, all, rows[i]);
    }
    return out;
  }

  @Override
  public double rowCost() {
    return 1;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    Materialized.copy(result, from, to, out);
  }
}
