package io.narthex.promql.internal.engine.aggregate;

/**
 * The best k samples of one group at one step: a heap whose top is the worst of them. NaN is worse
 * than any number; of equal samples the earlier row is better.
 */
final class BestSamples {

  private final boolean largest;
  private final double[] values;
  private final int[] rows;
  private int size;

  /**
   * @param largest whether bigger is better
   */
  BestSamples(boolean largest, int k) {
    this.largest = largest;
    this.values = new double[k];
    this.rows = new int[k];
  }

  int size() {
    return size;
  }

  double value(int i) {
    return values[i];
  }

  int row(int i) {
    return rows[i];
  }

  /** Offers a sample; samples come in the order of their rows. */
  void offer(double value, int row) {
    if (size < values.length) {
      up(size++, value, row);
    } else if (size > 0 && worse(values[0], rows[0], value, row)) {
      down(size, value, row);
    }
  }

  /** Whether sample a is worse than sample b. */
  private boolean worse(double a, int aRow, double b, int bRow) {
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return Double.isNaN(a) == Double.isNaN(b) ? aRow > bRow : Double.isNaN(a);
    }
    if (a == b) {
      return aRow > bRow;
    }
    return largest ? a < b : a > b;
  }

  private void up(int from, double value, int row) {
    int i = from;
    while (i > 0) {
      int parent = (i - 1) >> 1;
      if (!worse(value, row, values[parent], rows[parent])) {
        break;
      }
      values[i] = values[parent];
      rows[i] = rows[parent];
      i = parent;
    }
    values[i] = value;
    rows[i] = row;
  }

  private void down(int n, double value, int row) {
    int i = 0;
    for (int child = 1; child < n; child = 2 * i + 1) {
      if (child + 1 < n && worse(values[child + 1], rows[child + 1], values[child], rows[child])) {
        child++;
      }
      if (!worse(values[child], rows[child], value, row)) {
        break;
      }
      values[i] = values[child];
      rows[i] = rows[child];
      i = child;
    }
    values[i] = value;
    rows[i] = row;
  }

  /** Puts the samples in order, the best first; nothing may be offered afterwards. */
  void sort() {
    for (int n = size - 1; n > 0; n--) {
      double value = values[n];
      int row = rows[n];
      values[n] = values[0];
      rows[n] = rows[0];
      down(n, value, row);
    }
  }
}
