package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.CompensatedSum;

/** {@code deriv} and {@code predict_linear}: least squares with compensated sums. */
final class LinearRegression extends WindowFunction {

  private final boolean predict;
  private final CompensatedSum x = new CompensatedSum();
  private final CompensatedSum y = new CompensatedSum();
  private final CompensatedSum xy = new CompensatedSum();
  private final CompensatedSum xx = new CompensatedSum();

  LinearRegression(boolean predict) {
    super(2);
    this.predict = predict;
  }

  @Override
  protected double apply(RangeInput in, int lo, int hi, int step) {
    double[] values = in.columns.values;
    long[] times = in.columns.times;
    long origin = predict ? in.windows.steps().at(step) : times[lo];
    double constant = values[lo];
    boolean flat = true;
    x.reset();
    y.reset();
    xy.reset();
    xx.reset();
    for (int i = lo; i < hi; i++) {
      double v = values[i];
      double t = (times[i] - origin) / 1e3;
      flat &= i == lo || v == constant;
      x.add(t);
      y.add(v);
      xy.add(t * v);
      xx.add(t * t);
    }
    double duration = predict ? in.arguments.getFirst()[step] : 0;
    if (flat) {
      return Double.isInfinite(constant) ? Double.NaN : predict ? constant : 0;
    }
    return slope(hi - lo, duration);
  }

  private double slope(double n, double duration) {
    double sx = x.sum + x.rest;
    double sy = y.sum + y.rest;
    double covariance = (xy.sum + xy.rest) - sx * sy / n;
    double variance = (xx.sum + xx.rest) - sx * sx / n;
    double slope = covariance / variance;
    return predict ? slope * duration + (sy / n - slope * sx / n) : slope;
  }
}
