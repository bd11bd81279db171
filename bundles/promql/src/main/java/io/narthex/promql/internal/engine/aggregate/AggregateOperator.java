package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An aggregation whose state is small: reads its input once, as a stream, when it is opened. */
final class AggregateOperator extends VectorOperator {

  /** Makes the state for so many groups. */
  @FunctionalInterface
  interface Factory {
    Aggregator make(Execution ex, int groups, int steps, Position position);
  }

  private final VectorOperator input;
  private final List<String> labels;
  private final boolean without;
  private final Factory factory;
  private final Position position;
  private @Nullable Aggregator state;

  AggregateOperator(
      VectorOperator input,
      List<String> labels,
      boolean without,
      Factory factory,
      Position position) {
    super(input.execution(), input.steps());
    this.input = input;
    this.labels = labels;
    this.without = without;
    this.factory = factory;
    this.position = position;
  }

  @Override
  protected Rows open() {
    Grouping grouping = new Grouping(ex, input.rows(), labels, without);
    Aggregator aggregator = factory.make(ex, grouping.size(), steps.count(), position);
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            String name =
                block.histograms == null ? "" : input.rows().base(from + row).metricName();
            aggregator.add(block, row, grouping.of(from + row), name);
          }
        });
    state = aggregator;
    return grouping.rows();
  }

  @Override
  public double rowCost() {
    return steps.count() / 4.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    Aggregator aggregator = state;
    if (aggregator == null) {
      throw new IllegalStateException("read before the rows were asked for");
    }
    out.clear(to - from);
    for (int g = from; g < to; g++) {
      aggregator.finish(g, out, g - from);
    }
  }
}
