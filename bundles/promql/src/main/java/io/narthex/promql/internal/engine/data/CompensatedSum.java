package io.narthex.promql.internal.engine.data;

/**
 * A sum with a second number for what rounding loses (Kahan's summation in Neumaier's variant). A
 * sum that has become infinite has no such rest.
 */
public final class CompensatedSum {

  public double sum;
  public double rest;

  public void reset() {
    sum = 0;
    rest = 0;
  }

  public void set(double s, double r) {
    sum = s;
    rest = r;
  }

  public void add(double x) {
    double t = sum + x;
    if (Double.isInfinite(t)) {
      rest = 0;
    } else if (Math.abs(sum) >= Math.abs(x)) {
      rest += (sum - t) + x;
    } else {
      rest += (x - t) + sum;
    }
    sum = t;
  }

  /** Adds another sum and its rest. */
  public void add(double s, double r) {
    add(s);
    if (!Double.isInfinite(sum)) {
      rest += r;
    }
  }

  public double value() {
    return Double.isInfinite(sum) ? sum : sum + rest;
  }
}
