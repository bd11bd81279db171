package io.narthex.promql.internal.engine.binary;

import io.narthex.promql.internal.ast.BinaryOperator;
import io.narthex.promql.internal.engine.operator.ScalarOperator;

/** An operator between two scalars; comparisons give 0 and 1. */
public final class ScalarBinary extends ScalarOperator {

  private final BinaryOperator op;
  private final ScalarOperator left;
  private final ScalarOperator right;

  public ScalarBinary(BinaryOperator op, ScalarOperator left, ScalarOperator right) {
    this.op = op;
    this.left = left;
    this.right = right;
  }

  @Override
  protected double[] evaluate() {
    double[] a = left.values();
    double[] b = right.values();
    double[] out = new double[a.length];
    for (int i = 0; i < out.length; i++) {
      if (op.isComparison() && !Arithmetic.isTrim(op)) {
        out[i] = Arithmetic.test(op, a[i], b[i]) ? 1 : 0;
      } else {
        out[i] = Arithmetic.isTrim(op) ? Double.NaN : Arithmetic.apply(op, a[i], b[i]);
      }
    }
    return out;
  }
}
