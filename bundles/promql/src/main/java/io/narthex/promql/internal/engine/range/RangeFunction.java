package io.narthex.promql.internal.engine.range;

/**
 * A function of the samples that each step sees of one series. An instance is used by one thread
 * for one series after the other, so that it may keep its buffers.
 */
public abstract class RangeFunction {

  /** Gives the steps that have a result their value. */
  public abstract void evaluate(RangeInput in, RowOutput out);
}
