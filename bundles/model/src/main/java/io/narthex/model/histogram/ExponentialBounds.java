package io.narthex.model.histogram;

/**
 * The bounds of exponential buckets, to the bit those of the reference: between two powers of two
 * each schema takes every second bound from the one before, and the others as the bound below times
 * a factor. That is not always the double next to the true power.
 */
public final class ExponentialBounds {

  /** 2^(2^-1), 2^(2^-2) …; the first is what the reference has, one step below the nearest. */
  private static final double[] FACTORS = {
    1.414213562373095,
    1.189207115002721,
    1.0905077326652577,
    1.0442737824274138,
    1.0218971486541166,
    1.0108892860517005,
    1.0054299011128027,
    1.0027112750502025
  };

  /** From 0.5 on to below 1, for the finest schema; coarser ones take every 2nd, 4th … of it. */
  private static final double[] FRACTIONS = fractions();

  private ExponentialBounds() {}

  private static double[] fractions() {
    double[] out = new double[1 << FACTORS.length];
    out[0] = 0.5;
    for (int schema = 1; schema <= FACTORS.length; schema++) {
      int step = out.length >> schema;
      for (int i = step; i < out.length; i += 2 * step) {
        out[i] = out[i - step] * FACTORS[schema - 1];
      }
    }
    return out;
  }

  /**
   * The upper bound of a bucket; for the last one whose bound is a number that is the largest.
   *
   * @param schema -4 to 8
   */
  public static double upper(int schema, int index) {
    if (schema < 0) {
      int exponent = index << -schema;
      return exponent == 1024 ? Double.MAX_VALUE : scale(1, exponent);
    }
    int part = index & ((1 << schema) - 1);
    int exponent = (index >> schema) + 1;
    if (part == 0 && exponent == 1025) {
      return Double.MAX_VALUE;
    }
    return scale(FRACTIONS[part << (FACTORS.length - schema)], exponent);
  }

  private static double scale(double v, int exponent) {
    // In two steps, as a factor of 2^1024 is no number.
    int half = exponent / 2;
    return Math.scalb(Math.scalb(v, half), exponent - half);
  }
}
