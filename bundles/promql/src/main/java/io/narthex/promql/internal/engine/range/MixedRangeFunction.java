package io.narthex.promql.internal.engine.range;

/**
 * A function of floats or of histograms, but not of both in one window: such windows give nothing
 * and a warning.
 */
abstract class MixedRangeFunction extends RangeFunction {

  @Override
  public final void evaluate(RangeInput in, RowOutput out) {
    begin(in);
    if (!in.hasHistograms()) {
      if (floats(in, out)) {
        return;
      }
      for (int k = 0; k < in.steps; k++) {
        if (in.hi[k] > in.lo[k]) {
          floats(in, k, in.lo[k], in.hi[k], out);
        }
      }
      return;
    }
    for (int k = 0; k < in.steps; k++) {
      int floats = in.hi[k] - in.lo[k];
      int histograms = in.histograms(k);
      if (floats > 0 && histograms > 0) {
        in.ex.notes().mixedFloatsHistograms(in.labels.metricName(), in.position);
      } else if (floats > 0) {
        floats(in, k, in.lo[k], in.hi[k], out);
      } else if (histograms > 0) {
        histograms(in, k, in.histogramLo[k], in.histogramHi[k], out);
      }
    }
  }

  /** Begins a series. */
  protected abstract void begin(RangeInput in);

  /**
   * A series that has floats only.
   *
   * @return false if it is to be evaluated window by window, and nothing was written
   */
  protected boolean floats(RangeInput in, RowOutput out) {
    return false;
  }

  /** A window that has floats only, at least one. */
  protected abstract void floats(RangeInput in, int k, int lo, int hi, RowOutput out);

  /** A window that has histograms only, at least one. */
  protected abstract void histograms(RangeInput in, int k, int lo, int hi, RowOutput out);
}
