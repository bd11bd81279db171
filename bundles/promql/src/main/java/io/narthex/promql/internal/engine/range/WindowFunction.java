package io.narthex.promql.internal.engine.range;

/** A function of floats that looks at each window for itself. */
abstract class WindowFunction extends FloatRangeFunction {

  /** The fewest samples that give a result. */
  private final int minimum;

  WindowFunction(int minimum) {
    this.minimum = minimum;
  }

  @Override
  protected final void evaluateFloats(RangeInput in, RowOutput out) {
    for (int k = 0; k < in.steps; k++) {
      int n = in.hi[k] - in.lo[k];
      if (n >= minimum && gives(in, in.lo[k], in.hi[k], k)) {
        in.worked(n);
        out.set(k, apply(in, in.lo[k], in.hi[k], k));
      }
    }
  }

  /** Whether a window with enough samples has a result. */
  protected boolean gives(RangeInput in, int lo, int hi, int step) {
    return true;
  }

  /** The result for the samples from {@code lo} to before {@code hi}. */
  protected abstract double apply(RangeInput in, int lo, int hi, int step);
}
