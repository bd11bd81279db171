package io.narthex.promql.internal.engine.aggregate;

import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Notes;

/** The checked parameters of aggregations that keep some of their input. */
final class Amounts {

  private Amounts() {}

  /** How many series to keep at each step: truncated, below one none, never more than an int. */
  static int[] of(double[] parameter) {
    int[] k = new int[parameter.length];
    for (int i = 0; i < k.length; i++) {
      double v = parameter[i];
      if (Double.isNaN(v)) {
        throw EvaluationFailure.of("Parameter value is NaN");
      }
      if (v >= 0x1p63) {
        throw EvaluationFailure.of("Scalar value " + Notes.g(v) + " overflows int64");
      }
      if (v <= -0x1p63) {
        throw EvaluationFailure.of("Scalar value " + Notes.g(v) + " underflows int64");
      }
      k[i] = (int) Math.max(0, Math.min(Integer.MAX_VALUE, v));
    }
    return k;
  }

  static int most(int[] k) {
    int most = 0;
    for (int v : k) {
      most = Math.max(most, v);
    }
    return most;
  }
}
