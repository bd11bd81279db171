package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.List;

/**
 * {@code limitk}: the first samples of each group at each step. Which they are is found by reading
 * the input once; their values are read again when they are asked for.
 */
final class LimitOperator extends VectorOperator {

  private final VectorOperator input;
  private final ScalarOperator amount;
  private final List<String> labels;
  private final boolean without;
  private long[] kept = new long[0];

  LimitOperator(VectorOperator input, ScalarOperator amount, List<String> labels, boolean without) {
    super(input.execution(), input.steps());
    this.input = input;
    this.amount = amount;
    this.labels = labels;
    this.without = without;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    int[] k = Amounts.of(amount.values());
    Grouping grouping = new Grouping(ex, rows, labels, without);
    int n = steps.count();
    ex.guard().checkFits((double) grouping.size() * n);
    ex.guard().take(4L * grouping.size() * n + 8L * rows.size() * steps.words());
    int[] counts = new int[grouping.size() * n];
    long[] bits = new long[rows.size() * steps.words()];
    BlockScan.run(
        input,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            int cell = grouping.of(from + row) * n;
            int base = (from + row) * block.words;
            for (int s = block.next(row, 0); s >= 0; s = block.next(row, s + 1)) {
              if (counts[cell + s] < k[s]) {
                counts[cell + s]++;
                bits[base + (s >>> 6)] |= 1L << s;
              }
            }
          }
        });
    kept = bits;
    return rows;
  }

  @Override
  public double rowCost() {
    return input.rowCost();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    input.read(from, to, out);
    int base = from * out.words;
    for (int i = 0; i < out.rows * out.words; i++) {
      out.present[i] &= kept[base + i];
    }
  }
}
