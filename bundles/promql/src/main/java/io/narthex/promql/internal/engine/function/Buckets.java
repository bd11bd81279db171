package io.narthex.promql.internal.engine.function;

/**
 * The cumulative counts of one classic histogram by ascending upper bound, at one step. Filled
 * again and again.
 */
final class Buckets {

  private static final double SMALL_DELTA = 1e-12;

  private double[] bounds = new double[16];
  private double[] counts = new double[16];
  private int size;

  /** Whether a count had to be raised to the one before it. */
  private boolean forced;

  private double firstForced;
  private double lastForced;
  private double largestForce;

  void clear() {
    size = 0;
  }

  /** Adds a bucket whose bound is not below the last one; equal bounds are one bucket. */
  void add(double bound, double count) {
    if (size > 0 && bounds[size - 1] == bound) {
      counts[size - 1] += count;
      return;
    }
    if (size == bounds.length) {
      bounds = java.util.Arrays.copyOf(bounds, size * 2);
      counts = java.util.Arrays.copyOf(counts, size * 2);
    }
    bounds[size] = bound;
    counts[size++] = count;
  }

  boolean isEmpty() {
    return size == 0;
  }

  boolean forced() {
    return forced;
  }

  double firstForced() {
    return firstForced;
  }

  double lastForced() {
    return lastForced;
  }

  double largestForce() {
    return largestForce;
  }

  /** Takes out what rounding left, and decreases, which cumulative counts cannot have. */
  void makeMonotonic() {
    forced = false;
    if (!endsInfinite()) {
      return;
    }
    double previous = counts[0];
    for (int i = 1; i < size; i++) {
      double current = counts[i];
      if (current == previous) {
        continue;
      }
      if (almostEqual(previous, current)) {
        counts[i] = previous;
      } else if (current < previous) {
        counts[i] = previous;
        force(bounds[i], previous - current);
      } else {
        previous = current;
      }
    }
  }

  private void force(double bound, double difference) {
    if (!forced) {
      firstForced = bound;
      largestForce = difference;
    }
    forced = true;
    lastForced = bound;
    largestForce = Math.max(largestForce, difference);
  }

  private static boolean almostEqual(double a, double b) {
    if (a == b || (Double.isNaN(a) && Double.isNaN(b))) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < SMALL_DELTA * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < SMALL_DELTA;
  }

  private boolean endsInfinite() {
    return size > 0 && bounds[size - 1] == Double.POSITIVE_INFINITY;
  }

  /** The value below which the part {@code q} of the observations lies, interpolated linearly. */
  double quantile(double q) {
    if (Double.isNaN(q)) {
      return Double.NaN;
    }
    if (q < 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (q > 1) {
      return Double.POSITIVE_INFINITY;
    }
    if (!endsInfinite() || size < 2 || counts[size - 1] == 0) {
      return Double.NaN;
    }
    double rank = q * counts[size - 1];
    int b = 0;
    while (b < size - 1 && !(counts[b] >= rank)) {
      b++;
    }
    if (b == size - 1) {
      return bounds[size - 2];
    }
    if (b == 0) {
      return bounds[0] <= 0 ? bounds[0] : bounds[0] * (rank / counts[0]);
    }
    double start = bounds[b - 1];
    return start + (bounds[b] - start) * ((rank - counts[b - 1]) / (counts[b] - counts[b - 1]));
  }

  /** The part of the observations between two values. */
  double fraction(double lower, double upper) {
    if (!endsInfinite()) {
      return Double.NaN;
    }
    double total = counts[size - 1];
    if (total == 0 || Double.isNaN(total) || Double.isNaN(lower) || Double.isNaN(upper)) {
      return Double.NaN;
    }
    if (lower >= upper) {
      return 0;
    }
    return (Math.min(total, rank(upper, total)) - Math.min(total, rank(lower, total))) / total;
  }

  /** How many observations lie below a value. */
  private double rank(double v, double total) {
    double before = 0;
    for (int i = 0; i < size; i++) {
      double low = i > 0 ? bounds[i - 1] : bounds[0] > 0 ? 0 : Double.NEGATIVE_INFINITY;
      if (low >= v) {
        return before;
      }
      if (bounds[i] > v) {
        return Double.isInfinite(low)
            ? counts[i]
            : before + (counts[i] - before) * ((v - low) / (bounds[i] - low));
      }
      before = counts[i];
    }
    return total;
  }
}
