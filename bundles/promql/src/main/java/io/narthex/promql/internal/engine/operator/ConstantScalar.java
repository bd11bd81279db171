package io.narthex.promql.internal.engine.operator;

import java.util.Arrays;

/** A number. */
public final class ConstantScalar extends ScalarOperator {

  private final double value;
  private final int steps;

  public ConstantScalar(double value, int steps) {
    this.value = value;
    this.steps = steps;
  }

  @Override
  protected double[] evaluate() {
    double[] all = new double[steps];
    Arrays.fill(all, value);
    return all;
  }
}
