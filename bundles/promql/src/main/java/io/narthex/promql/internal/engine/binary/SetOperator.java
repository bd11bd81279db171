package io.narthex.promql.internal.engine.binary;

import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.VectorMatching;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.BlockScan;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/**
 * {@code and} and {@code unless}: keeps the samples of the left side whose signature the right side
 * has, or has not, at the step.
 */
public final class SetOperator extends VectorOperator {

  private final VectorOperator left;
  private final VectorOperator right;
  private final boolean unless;
  private final VectorMatching matching;
  private int[] signatures = new int[0];
  private long[] presence = new long[0];

  public SetOperator(
      VectorOperator left, VectorOperator right, BinaryOperator op, VectorMatching matching) {
    super(left.execution(), left.steps());
    this.left = left;
    this.right = right;
    this.unless = op == BinaryOperator.UNLESS;
    this.matching = matching;
  }

  @Override
  protected Rows open() {
    Rows rows = left.rows();
    if (rows.size() == 0) {
      right.drain();
      return rows;
    }
    GroupTable table = new GroupTable(matching.labels(), !matching.on());
    signatures = table.assign(rows, ex.guard());
    presence = presence(right, table, table.size());
    return rows;
  }

  /** As the other, for all signatures of the side. */
  static long[] presence(VectorOperator side, GroupTable table) {
    int[] unknown = table.assign(side.rows(), side.execution().guard());
    return unknown.length == 0 ? new long[0] : presence(side, table, table.size());
  }

  /** The steps at which a side has any sample, a bitmap for each of the first signatures. */
  static long[] presence(VectorOperator side, GroupTable table, int known) {
    int[] groups = table.assign(side.rows(), side.execution().guard());
    int words = side.steps().words();
    side.execution().guard().take(8L * known * words);
    long[] presence = new long[known * words];
    BlockScan.run(
        side,
        (block, from) -> {
          for (int row = 0; row < block.rows; row++) {
            int g = groups[from + row];
            for (int w = 0; w < words && g < known; w++) {
              presence[g * words + w] |= block.present[row * words + w];
            }
          }
        });
    return presence;
  }

  @Override
  public double rowCost() {
    return left.rowCost();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    left.read(from, to, out);
    for (int row = 0; row < out.rows; row++) {
      int base = signatures[from + row] * out.words;
      for (int w = 0; w < out.words; w++) {
        long there = presence[base + w];
        out.present[row * out.words + w] &= unless ? ~there : there;
      }
    }
  }
}
