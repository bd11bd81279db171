package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.data.Quantiles;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.List;

/** {@code quantile}: holds its input, as each step needs all values of a group in order. */
final class QuantileOperator extends VectorOperator {

  private final VectorOperator input;
  private final ScalarOperator quantile;
  private final List<String> labels;
  private final boolean without;
  private final Position position;
  private final Position argument;
  private SeriesBlock values = new SeriesBlock(1);
  private int[][] members = new int[0][];

  QuantileOperator(
      VectorOperator input,
      ScalarOperator quantile,
      List<String> labels,
      boolean without,
      Position position,
      Position argument) {
    super(input.execution(), input.steps());
    this.input = input;
    this.quantile = quantile;
    this.labels = labels;
    this.without = without;
    this.position = position;
    this.argument = argument;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    Grouping grouping = new Grouping(ex, rows, labels, without);
    int[] sizes = grouping.sizes();
    members = new int[sizes.length][];
    for (int g = 0; g < sizes.length; g++) {
      members[g] = new int[sizes[g]];
      sizes[g] = 0;
    }
    for (int i = 0; i < rows.size(); i++) {
      int g = grouping.of(i);
      members[g][sizes[g]++] = i;
    }
    values = Materialized.of(input);
    for (double q : quantile.values()) {
      if (!(q >= 0 && q <= 1) && rows.size() > 0) {
        ex.notes().invalidQuantile(q, argument);
      }
    }
    return grouping.rows();
  }

  @Override
  public double rowCost() {
    return steps.count() * 32.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    double[] q = quantile.values();
    double[] sorted = new double[longest(from, to)];
    for (int g = from; g < to; g++) {
      for (int k = 0; k < steps.count(); k++) {
        if (members[g].length > 1000) {
          ex.check();
        }
        int n = collect(members[g], k, sorted);
        if (n > 0) {
          Quantiles.sort(sorted, n);
          out.set(g - from, k, Quantiles.of(q[k], sorted, n));
        }
      }
      ex.check();
    }
  }

  private int longest(int from, int to) {
    int n = 0;
    for (int g = from; g < to; g++) {
      n = Math.max(n, members[g].length);
    }
    return n;
  }

  private int collect(int[] rows, int k, double[] into) {
    int n = 0;
    for (int row : rows) {
      if (!values.has(row, k)) {
        continue;
      }
      if (values.histogram(row, k) == null) {
        into[n++] = values.values[row * values.steps + k];
      } else {
        ex.notes().histogramIgnoredInAggregation("quantile", position);
      }
    }
    return n;
  }
}
