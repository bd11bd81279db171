package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code topk} and {@code bottomk}: reads its input as a stream and holds only the samples that are
 * the best so far. Of a single step, the rows come in the order of their values.
 */
final class TopOperator extends VectorOperator {

  private final VectorOperator input;
  private final ScalarOperator amount;
  private final boolean largest;
  private final List<String> labels;
  private final boolean without;
  private final Position position;
  private SeriesBlock result = new SeriesBlock(1);

  TopOperator(
      VectorOperator input,
      ScalarOperator amount,
      boolean largest,
      List<String> labels,
      boolean without,
      Position position) {
    super(input.execution(), input.steps());
    this.input = input;
    this.amount = amount;
    this.largest = largest;
    this.labels = labels;
    this.without = without;
    this.position = position;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    int[] k = Amounts.of(amount.values());
    if (Amounts.most(k) == 0) {
      return rows.pick(new int[0], 0);
    }
    Grouping grouping = new Grouping(ex, rows, labels, without);
    int[] sizes = grouping.sizes();
    int n = steps.count();
    ex.guard().checkFits((double) sizes.length * n);
    @Nullable BestSamples[] best = new BestSamples[sizes.length * n];
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            offer(block, row, from + row, grouping.of(from + row), sizes, k, best);
          }
        });
    return collect(rows, best);
  }

  private void offer(
      SeriesBlock block,
      int row,
      int series,
      int group,
      int[] sizes,
      int[] k,
      @Nullable BestSamples[] best) {
    int n = block.steps;
    for (int s = block.next(row, 0); s >= 0; s = block.next(row, s + 1)) {
      if (k[s] == 0) {
        continue;
      }
      if (block.histogram(row, s) != null) {
        ex.notes().histogramIgnoredInAggregation(largest ? "topk" : "bottomk", position);
        continue;
      }
      int cell = group * n + s;
      BestSamples b = best[cell];
      if (b == null) {
        int size = Math.min(k[s], sizes[group]);
        ex.guard().take(12L * size + 64);
        ex.guard().hold(size);
        b = new BestSamples(largest, size);
        best[cell] = b;
      }
      b.offer(block.values[row * n + s], series);
    }
  }

  /** The rows that are among the best at any step, in the order of a single step's values. */
  private Rows collect(Rows rows, @Nullable BestSamples[] best) {
    int n = steps.count();
    int[] places = new int[rows.size()];
    Arrays.fill(places, -1);
    int[] picked = new int[16];
    int size = 0;
    for (BestSamples b : best) {
      if (b == null) {
        continue;
      }
      b.sort();
      for (int i = 0; i < b.size(); i++) {
        if (places[b.row(i)] < 0) {
          if (size == picked.length) {
            picked = Arrays.copyOf(picked, size * 2);
          }
          places[b.row(i)] = size;
          picked[size++] = b.row(i);
        }
      }
    }
    ex.guard().take(SeriesBlock.bytes(size, n));
    SeriesBlock out = new SeriesBlock(n);
    out.clear(size);
    for (int cell = 0; cell < best.length; cell++) {
      BestSamples b = best[cell];
      for (int i = 0; b != null && i < b.size(); i++) {
        out.set(places[b.row(i)], cell % n, b.value(i));
      }
    }
    result = out;
    return rows.pick(picked, size);
  }

  @Override
  public double rowCost() {
    return steps.count() / 4.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    Materialized.copy(result, from, to, out);
  }
}
