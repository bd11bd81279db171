package io.narthex.promql.internal.engine.data;

/** Quantiles of sorted values, NaN first. */
public final class Quantiles {

  private Quantiles() {}

  /**
   * The value at rank {@code q * (n - 1)}, interpolated; infinite outside of 0 to 1, NaN of
   * nothing.
   */
  public static double of(double q, double[] sorted, int n) {
    if (n == 0 || Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    double rank = q * (n - 1);
    int lower = (int) Math.max(0, Math.floor(rank));
    int upper = Math.min(n - 1, lower + 1);
    double weight = rank - Math.floor(rank);
    return sorted[lower] * (1 - weight) + sorted[upper] * weight;
  }

  /** Whether {@code a} comes before {@code b}: NaN before all numbers. */
  public static boolean before(double a, double b) {
    return a < b || (Double.isNaN(a) && !Double.isNaN(b));
  }

  /** Sorts with NaN first. */
  public static void sort(double[] values, int n) {
    int nans = 0;
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(values[i])) {
        double v = values[i];
        values[i] = values[nans];
        values[nans++] = v;
      }
    }
    java.util.Arrays.sort(values, nans, n);
  }

  /** The first place in the sorted values that does not come before {@code v}. */
  public static int search(double[] sorted, int n, double v) {
    int a = 0;
    int b = n;
    while (a < b) {
      int m = (a + b) >>> 1;
      if (before(sorted[m], v)) {
        a = m + 1;
      } else {
        b = m;
      }
    }
    return a;
  }
}
