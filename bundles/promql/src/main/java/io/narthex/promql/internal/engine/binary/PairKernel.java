package io.narthex.promql.internal.engine.binary;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Computes an operator for two rows that belong together. */
final class PairKernel {

  private final Execution ex;
  private final BinaryOperator op;
  private final boolean returnBool;
  private final boolean swapped;
  private final Position position;

  /**
   * @param swapped whether the first of two rows is the right operand
   */
  PairKernel(
      Execution ex, BinaryOperator op, boolean returnBool, boolean swapped, Position position) {
    this.ex = ex;
    this.op = op;
    this.returnBool = returnBool;
    this.swapped = swapped;
    this.position = position;
  }

  /** Replaces a row by the result with a row of another block. */
  void apply(SeriesBlock out, int row, SeriesBlock other, int otherRow) {
    for (int w = 0; w < out.words; w++) {
      out.present[row * out.words + w] &= other.present[otherRow * other.words + w];
    }
    if ((out.histograms != null && out.hasHistograms(row))
        || (other.histograms != null && other.hasHistograms(otherRow))) {
      mixed(out, row, other, otherRow);
      return;
    }
    int a = row * out.steps;
    int b = otherRow * other.steps;
    if (Arithmetic.isTrim(op)) {
      mixed(out, row, other, otherRow);
      return;
    }
    if (!op.isComparison()) {
      if (swapped) {
        Arithmetic.applyReversed(op, out.values, a, other.values, b, out.steps);
      } else {
        Arithmetic.apply(op, out.values, a, other.values, b, out.steps);
      }
      return;
    }
    for (int k = out.next(row, 0); k >= 0; k = out.next(row, k + 1)) {
      double x = out.values[a + k];
      double y = other.values[b + k];
      compare(out, row, k, swapped ? y : x, swapped ? x : y);
    }
  }

  /** Leaves the left operand, 0 or 1, or nothing. */
  private void compare(SeriesBlock out, int row, int k, double left, double right) {
    boolean holds = Arithmetic.test(op, left, right);
    if (returnBool) {
      out.values[row * out.steps + k] = holds ? 1 : 0;
    } else if (holds) {
      out.values[row * out.steps + k] = left;
    } else {
      out.remove(row, k);
    }
  }

  private void mixed(SeriesBlock out, int row, SeriesBlock other, int otherRow) {
    for (int k = out.next(row, 0); k >= 0; k = out.next(row, k + 1)) {
      FloatHistogram h = out.histogram(row, k);
      FloatHistogram g = other.histogram(otherRow, k);
      double x = out.values[row * out.steps + k];
      double y = other.values[otherRow * other.steps + k];
      one(out, row, k, swapped ? y : x, swapped ? g : h, swapped ? x : y, swapped ? h : g);
    }
  }

  /** The result for two samples at one step, left in the block or removed from it. */
  void one(
      SeriesBlock out,
      int row,
      int k,
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram) {
    if (leftHistogram == null && rightHistogram == null) {
      floats(out, row, k, left, right);
      return;
    }
    FloatHistogram result = null;
    if (leftHistogram != null && rightHistogram != null) {
      switch (op) {
        case ADD, SUB -> {
          result =
              HistogramOperators.combine(op, leftHistogram, rightHistogram, ex.notes(), position);
          if (result == null) {
            out.remove(row, k);
            return;
          }
        }
        case EQL, NEQ -> {
          boolean same = NativeHistogram.same(leftHistogram, rightHistogram);
          if (returnBool) {
            setFloat(out, row, k, same == (op == BinaryOperator.EQL) ? 1 : 0);
            return;
          }
          if (same != (op == BinaryOperator.EQL)) {
            out.remove(row, k);
            return;
          }
          result = leftHistogram;
        }
        default -> {}
      }
    } else if (leftHistogram != null) {
      result = isScaling() ? HistogramOperators.withScalar(op, leftHistogram, right) : null;
    } else if (rightHistogram != null && op == BinaryOperator.MUL) {
      result = HistogramOperators.withScalar(op, rightHistogram, left);
    }
    if (result == null) {
      refuse(leftHistogram, rightHistogram);
      out.remove(row, k);
    } else {
      out.set(row, k, result);
    }
  }

  private boolean isScaling() {
    return op == BinaryOperator.MUL || op == BinaryOperator.DIV || Arithmetic.isTrim(op);
  }

  private static void setFloat(SeriesBlock out, int row, int k, double v) {
    out.set(row, k, v);
    @Nullable FloatHistogram[] column = out.histograms;
    if (column != null) {
      column[row * out.steps + k] = null;
    }
  }

  private void floats(SeriesBlock out, int row, int k, double left, double right) {
    if (Arithmetic.isTrim(op)) {
      ex.notes().incompatibleTypes("float", op.symbol(), "float", position);
      out.remove(row, k);
    } else if (op.isComparison()) {
      compare(out, row, k, left, right);
    } else {
      out.values[row * out.steps + k] = Arithmetic.apply(op, left, right);
    }
  }

  /** Says that the operator does not take these; null stands for a float. */
  private void refuse(@Nullable FloatHistogram left, @Nullable FloatHistogram right) {
    ex.notes()
        .incompatibleTypes(
            left == null ? "float" : "histogram",
            op.symbol(),
            right == null ? "float" : "histogram",
            position);
  }
}
