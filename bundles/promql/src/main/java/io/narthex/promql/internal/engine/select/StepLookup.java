package io.narthex.promql.internal.engine.select;

import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Windows;
import java.util.Arrays;

/**
 * Which float each step sees, from times alone: found once for consecutive series that have the
 * same times, as those of one target have.
 */
final class StepLookup {

  private final Windows windows;
  private long[] times = new long[0];
  private int size = -1;

  /** For each step the place of its newest sample, -1 if there is none in its window. */
  final int[] index;

  StepLookup(Windows windows) {
    this.windows = windows;
    this.index = new int[windows.count()];
  }

  void update(Columns c) {
    int n = c.size;
    if (n == size && Arrays.equals(c.times, 0, n, times, 0, n)) {
      return;
    }
    if (times.length < n) {
      times = new long[c.times.length];
    }
    System.arraycopy(c.times, 0, times, 0, n);
    size = n;
    long range = windows.range();
    int i = 0;
    for (int k = 0; k < index.length; k++) {
      long end = windows.end(k);
      while (i < n && times[i] <= end) {
        i++;
      }
      index[k] = i > 0 && times[i - 1] > end - range ? i - 1 : -1;
    }
  }
}
