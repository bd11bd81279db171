package io.narthex.promql.internal.engine.function;

import io.narthex.promql.internal.engine.data.Steps;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import java.util.function.DoubleBinaryOperator;

/** Scalars that are computed from the step's time or from two other scalars. */
final class StepScalar {

  private StepScalar() {}

  /** {@code time()}. */
  static ScalarOperator time(Steps steps) {
    return new ScalarOperator() {
      @Override
      protected double[] evaluate() {
        double[] out = new double[steps.count()];
        for (int k = 0; k < out.length; k++) {
          out[k] = steps.at(k) / 1000.0;
        }
        return out;
      }
    };
  }

  /** {@code max_of} and {@code min_of}. */
  static ScalarOperator of(ScalarOperator a, ScalarOperator b, DoubleBinaryOperator f) {
    return new ScalarOperator() {
      @Override
      protected double[] evaluate() {
        double[] x = a.values();
        double[] y = b.values();
        double[] out = new double[x.length];
        for (int k = 0; k < out.length; k++) {
          out[k] = f.applyAsDouble(x[k], y[k]);
        }
        return out;
      }
    };
  }

  /** The minus sign. */
  static ScalarOperator negate(ScalarOperator a) {
    return of(a, a, (x, y) -> -x);
  }
}
