package io.narthex.promql.internal.engine.range;

/** {@code count_over_time} and {@code present_over_time}. */
final class CountOverTime extends RangeFunction {

  private final boolean presence;

  /**
   * @param presence whether any number of samples gives 1
   */
  CountOverTime(boolean presence) {
    this.presence = presence;
  }

  @Override
  public void evaluate(RangeInput in, RowOutput out) {
    for (int k = 0; k < in.steps; k++) {
      int n = in.hi[k] - in.lo[k] + in.histograms(k);
      if (n > 0) {
        out.set(k, presence ? 1 : n);
      }
    }
  }
}
