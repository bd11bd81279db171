package io.narthex.promql.internal.engine.binary;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.MapOperator;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/**
 * An operator between a vector and a scalar. A comparison that filters keeps the vector's value.
 */
public final class VectorScalar extends MapOperator {

  private final BinaryOperator op;
  private final ScalarOperator scalar;
  private final boolean scalarLeft;
  private final boolean returnBool;
  private final Position position;
  private double[] operand = new double[0];

  /**
   * @param scalarLeft whether the scalar is the left operand
   */
  public VectorScalar(
      VectorOperator input,
      BinaryOperator op,
      ScalarOperator scalar,
      boolean scalarLeft,
      boolean returnBool,
      Position position) {
    super(input);
    this.op = op;
    this.scalar = scalar;
    this.scalarLeft = scalarLeft;
    this.returnBool = returnBool;
    this.position = position;
  }

  @Override
  protected Rows open() {
    Rows rows = input.rows();
    operand = scalar.values();
    boolean keep = Arithmetic.isTrim(op) || (op.isComparison() && !returnBool);
    return keep ? rows : rows.dropNames();
  }

  @Override
  protected void map(SeriesBlock block, int row, int series) {
    if (block.histograms != null && block.hasHistograms(row)) {
      histograms(block, row);
    }
    if (Arithmetic.isTrim(op)) {
      trim(block, row);
      return;
    }
    int from = row * block.steps;
    if (!op.isComparison()) {
      // Absent samples are computed too: cheaper than to ask for each, and nobody sees them.
      if (scalarLeft) {
        Arithmetic.applyReversed(op, block.values, from, operand, 0, block.steps);
      } else {
        Arithmetic.apply(op, block.values, from, operand, 0, block.steps);
      }
      return;
    }
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      double v = block.values[from + k];
      boolean holds =
          scalarLeft ? Arithmetic.test(op, operand[k], v) : Arithmetic.test(op, v, operand[k]);
      if (returnBool) {
        block.values[from + k] = holds ? 1 : 0;
      } else if (!holds) {
        block.remove(row, k);
      }
    }
  }

  /** Two floats cannot be trimmed. */
  private void trim(SeriesBlock block, int row) {
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      if (block.histogram(row, k) == null) {
        ex.notes().incompatibleTypes("float", op.symbol(), "float", position);
        block.remove(row, k);
      }
    }
  }

  /** Computes the histograms that the operator takes and removes the others. */
  private void histograms(SeriesBlock block, int row) {
    boolean possible =
        switch (op) {
          case MUL -> true;
          case DIV, TRIM_UPPER, TRIM_LOWER -> !scalarLeft;
          default -> false;
        };
    for (int k = block.next(row, 0); k >= 0; k = block.next(row, k + 1)) {
      if (block.histogram(row, k) == null) {
        continue;
      }
      FloatHistogram h = block.histogram(row, k);
      if (possible && h != null) {
        block.set(row, k, HistogramOperators.withScalar(op, h, operand[k]));
        continue;
      }
      ex.notes()
          .incompatibleTypes(
              scalarLeft ? "float" : "histogram",
              op.symbol(),
              scalarLeft ? "histogram" : "float",
              position);
      block.remove(row, k);
    }
  }
}
