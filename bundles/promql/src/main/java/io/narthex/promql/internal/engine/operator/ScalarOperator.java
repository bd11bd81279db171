package io.narthex.promql.internal.engine.operator;

import org.jspecify.annotations.Nullable;

/** Gives one number for each step; evaluated once, by the query's own thread. */
public abstract class ScalarOperator {

  private double @Nullable [] values;

  /** The number of each step; not to be changed. */
  public final double[] values() {
    double[] v = values;
    if (v == null) {
      v = evaluate();
      values = v;
    }
    return v;
  }

  protected abstract double[] evaluate();
}
