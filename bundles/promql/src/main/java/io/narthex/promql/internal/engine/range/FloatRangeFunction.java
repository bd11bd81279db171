package io.narthex.promql.internal.engine.range;

/** A function of the floats in a range; histograms beside them are ignored and that is said. */
public abstract class FloatRangeFunction extends RangeFunction {

  @Override
  public final void evaluate(RangeInput in, RowOutput out) {
    if (in.hasHistograms()) {
      for (int k = 0; k < in.steps; k++) {
        if (in.hi[k] > in.lo[k] && in.histograms(k) > 0) {
          in.ex.notes().histogramsIgnoredInRange(in.labels.metricName(), in.position);
          break;
        }
      }
    }
    evaluateFloats(in, out);
  }

  protected abstract void evaluateFloats(RangeInput in, RowOutput out);
}
