package io.narthex.promql.internal.engine.function;

import io.narthex.model.Labels;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** {@code sort_by_label} and {@code sort_by_label_desc} of a single step. */
final class SortByLabel extends VectorOperator {

  private final VectorOperator input;
  private final List<String> labels;
  private final boolean descending;
  private SeriesBlock result = new SeriesBlock(1);

  SortByLabel(VectorOperator input, List<String> labels, boolean descending) {
    super(input.execution(), input.steps());
    this.input = input;
    this.labels = List.copyOf(labels);
    this.descending = descending;
  }

  @Override
  protected Rows open() {
    SeriesBlock all = Materialized.of(input);
    Rows source = input.rows();
    List<Integer> order = new ArrayList<>();
    for (int row = 0; row < all.rows; row++) {
      if (all.has(row, 0)) {
        order.add(row);
      }
    }
    Comparator<Integer> byLabels = (a, b) -> compare(source.labels(a), source.labels(b));
    order.sort(descending ? byLabels.reversed() : byLabels);
    int[] rows = order.stream().mapToInt(Integer::intValue).toArray();
    result = Sort.pick(all, rows);
    return source.pick(rows, rows.length);
  }

  private int compare(Labels a, Labels b) {
    for (String label : labels) {
      int c = NaturalOrder.compare(a.get(label), b.get(label));
      if (c != 0) {
        return c;
      }
    }
    return a.compareTo(b);
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
