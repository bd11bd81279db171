package io.narthex.promql.internal.engine.operator;

import java.util.Arrays;

/** A scalar that is the same at every step. */
public final class ReplicateScalar extends ScalarOperator {

  private final ScalarOperator once;
  private final int steps;

  public ReplicateScalar(ScalarOperator once, int steps) {
    this.once = once;
    this.steps = steps;
  }

  @Override
  protected double[] evaluate() {
    double[] all = new double[steps];
    Arrays.fill(all, once.values()[0]);
    return all;
  }
}
