package io.narthex.promql.internal.engine.range;

/**
 * Number, mean and sum of squared distances of windows that slide, as {@link SlidingSums}: the
 * parts before and behind a turning point are joined (Chan, Golub, LeVeque: Updating formulae,
 * 1979), and nothing is ever subtracted.
 */
final class SlidingMoments {

  private double[] means = new double[0];
  private double[] squares = new double[0];
  private double[] values = new double[0];
  private int turn;
  private int seen;
  private double backMean;
  private double backSquares;
  private double mean;

  /** Begins a series. */
  void begin(RangeInput in) {
    values = in.columns.values;
    turn = 0;
    seen = 0;
    backMean = 0;
    backSquares = 0;
    if (means.length < in.columns.size) {
      means = new double[in.columns.size];
      squares = new double[in.columns.size];
    }
  }

  /** The variance of the samples from lo to before hi; neither may go back between calls. */
  double variance(int lo, int hi) {
    if (lo >= turn) {
      turnAt(lo, hi);
    }
    for (; seen < hi; seen++) {
      backSquares = next(values[seen], seen - turn + 1, backMean, backSquares);
      backMean = mean;
    }
    double n = hi - lo;
    if (lo >= turn) {
      return backSquares / n;
    }
    double a = turn - lo;
    double b = hi - turn;
    if (b == 0) {
      return squares[lo] / n;
    }
    double delta = backMean - means[lo];
    return (squares[lo] + backSquares + delta * delta * (a * b / n)) / n;
  }

  private void turnAt(int lo, int hi) {
    double m = 0;
    double s = 0;
    for (int i = hi - 1; i >= lo; i--) {
      s = next(values[i], hi - i, m, s);
      m = mean;
      means[i] = m;
      squares[i] = s;
    }
    turn = hi;
    seen = hi;
    backMean = 0;
    backSquares = 0;
  }

  /** Welford's step: gives the new sum of squares and leaves the new mean. */
  private double next(double v, int n, double oldMean, double oldSquares) {
    double delta = v - oldMean;
    mean = oldMean + delta / n;
    return oldSquares + delta * (v - mean);
  }
}
