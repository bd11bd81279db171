package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.CompensatedSum;

/**
 * Compensated sums of windows that slide. Where windows overlap much, a sample is added twice at
 * most and never subtracted, as that would lose what cancels: the samples up to a turning point are
 * kept as sums from each of them to that point, those behind it as one growing sum. When the window
 * has left the turning point behind, its end becomes the new one.
 */
final class SlidingSums {

  private final CompensatedSum back = new CompensatedSum();
  private final CompensatedSum total = new CompensatedSum();
  private double[] sums = new double[0];
  private double[] rests = new double[0];
  private double[] values = new double[0];
  private boolean sliding;
  private int turn;
  private int seen;

  /** Begins a series. */
  void begin(RangeInput in) {
    values = in.columns.values;
    int n = in.columns.size;
    sliding = in.visible() > 6L * n + in.steps;
    turn = 0;
    seen = 0;
    back.reset();
    if (sliding && sums.length < n) {
      sums = new double[n];
      rests = new double[n];
    }
  }

  /** The sum of the samples from lo to before hi; neither may go back between calls. */
  CompensatedSum of(int lo, int hi) {
    if (!sliding) {
      return inOrder(lo, hi);
    }
    if (lo >= turn) {
      turnAt(lo, hi);
    }
    for (; seen < hi; seen++) {
      back.add(values[seen]);
    }
    if (lo >= turn) {
      total.set(back.sum, back.rest);
    } else {
      total.set(sums[lo], rests[lo]);
      total.add(back.sum, back.rest);
    }
    // What overflows or not depends on the order.
    return Double.isFinite(total.sum) ? total : inOrder(lo, hi);
  }

  private CompensatedSum inOrder(int lo, int hi) {
    total.reset();
    for (int i = lo; i < hi; i++) {
      total.add(values[i]);
    }
    return total;
  }

  private void turnAt(int lo, int hi) {
    back.reset();
    for (int i = hi - 1; i >= lo; i--) {
      back.add(values[i]);
      sums[i] = back.sum;
      rests[i] = back.rest;
    }
    back.reset();
    turn = hi;
    seen = hi;
  }
}
