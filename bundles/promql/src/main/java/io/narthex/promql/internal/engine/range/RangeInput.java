package io.narthex.promql.internal.engine.range;

import io.narthex.model.Labels;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.Guard;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Windows;
import java.util.Arrays;
import java.util.List;

/**
 * One series and what of it each step sees: of the floats those from {@code lo[k]} to before {@code
 * hi[k]}, of the histograms those from {@code histogramLo[k]} to before {@code histogramHi[k]}.
 * Both bounds never go back from step to step. Filled again for each series.
 */
public final class RangeInput {

  /** How many samples a function may look at between two looks at the clock. */
  private static final int TICK = 1 << 20;

  public final Execution ex;
  public final Windows windows;
  public final Columns columns;
  public final int steps;
  public final int[] lo;
  public final int[] hi;
  public int[] histogramLo = new int[0];
  public int[] histogramHi = new int[0];

  /** The labels of the series, for messages. */
  public Labels labels = Labels.EMPTY;

  /** The scalar arguments in their order, a value for each step. */
  public final List<double[]> arguments;

  /** Where the range stands in the query. */
  public final Position position;

  /** Where the first scalar argument stands in the query. */
  public final Position argumentPosition;

  /**
   * The number of the bounds: as long as it stays, so do {@link #lo}, {@link #hi} and the times of
   * the floats. Series that were scraped together share them, so that what a function finds out
   * from times alone is worth keeping.
   */
  public int grid;

  private long[] gridTimes = new long[0];
  private int gridSize = -1;
  private long visible;
  private int work;

  public RangeInput(
      Execution ex,
      Windows windows,
      boolean withStarts,
      List<double[]> arguments,
      Position position,
      Position argumentPosition) {
    this.ex = ex;
    this.windows = windows;
    this.arguments = List.copyOf(arguments);
    this.position = position;
    this.argumentPosition = argumentPosition;
    this.columns = new Columns(withStarts);
    this.steps = windows.count();
    this.lo = new int[steps];
    this.hi = new int[steps];
  }

  /** Finds the bounds for the samples that {@link #columns} has now. */
  public void locate() {
    int n = columns.size;
    if (n != gridSize || !Arrays.equals(columns.times, 0, n, gridTimes, 0, n)) {
      if (gridTimes.length < n) {
        gridTimes = new long[columns.times.length];
      }
      System.arraycopy(columns.times, 0, gridTimes, 0, n);
      gridSize = n;
      grid++;
      locate(columns.times, n, lo, hi);
      visible = 0;
      for (int k = 0; k < steps; k++) {
        visible += hi[k] - lo[k];
      }
    }
    if (columns.histogramCount > 0) {
      if (histogramLo.length < steps) {
        histogramLo = new int[steps];
        histogramHi = new int[steps];
      }
      locate(columns.histogramTimes, columns.histogramCount, histogramLo, histogramHi);
    }
  }

  private void locate(long[] times, int n, int[] from, int[] to) {
    int a = 0;
    int b = 0;
    long range = windows.range();
    for (int k = 0; k < steps; k++) {
      long end = windows.end(k);
      long start = end - range;
      while (b < n && times[b] <= end) {
        b++;
      }
      while (a < b && times[a] <= start) {
        a++;
      }
      from[k] = a;
      to[k] = b;
    }
  }

  /** The number of float samples that all steps see together. */
  public long visible() {
    return visible;
  }

  public boolean hasHistograms() {
    return columns.histogramCount > 0;
  }

  /** How many histograms a step sees. */
  public int histograms(int k) {
    return columns.histogramCount == 0 ? 0 : histogramHi[k] - histogramLo[k];
  }

  /** A function that works through a window step by step says so, that it can be stopped. */
  public void worked(int samples) {
    work += samples;
    if (work > TICK) {
      work = 0;
      Guard guard = ex.guard();
      guard.check();
    }
  }
}
