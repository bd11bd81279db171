package io.narthex.promql.internal.engine.data;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.EvaluationFailure;
import io.narthex.promql.internal.engine.Guard;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A batch of series over all steps, in columns: row r has its values at {@code r * steps}, and its
 * bitmap of the steps that have a sample at {@code r * words}. Bits behind the last step are zero;
 * values without a bit are undefined. Used by one thread at a time and filled again and again.
 */
public final class SeriesBlock {

  public final int steps;
  public final int words;
  public int rows;
  public double[] values = new double[0];
  public long[] present = new long[0];

  /** Null as long as no sample is a histogram; else null at every float. */
  public @Nullable FloatHistogram @Nullable [] histograms;

  public SeriesBlock(int steps) {
    this.steps = steps;
    this.words = (steps + 63) >>> 6;
  }

  /**
   * The rows that a block of usual size has: enough to pay for a call, few enough for the cache.
   */
  public static int usualRows(int steps) {
    return Math.max(1, Math.min(1024, 16384 / Math.max(1, steps)));
  }

  /** Makes this a block of {@code n} rows without any sample. */
  public void clear(int n) {
    long cells = (long) n * steps;
    if (cells > Integer.MAX_VALUE - 8) {
      throw EvaluationFailure.of(Guard.TOO_MANY_SAMPLES);
    }
    if (values.length < cells) {
      values = new double[(int) cells];
    }
    int bits = n * words;
    if (present.length < bits) {
      present = new long[bits];
    } else {
      Arrays.fill(present, 0, bits, 0);
    }
    histograms = null;
    rows = n;
  }

  public boolean has(int row, int step) {
    return (present[row * words + (step >>> 6)] & (1L << step)) != 0;
  }

  public void set(int row, int step, double value) {
    values[row * steps + step] = value;
    present[row * words + (step >>> 6)] |= 1L << step;
  }

  public void set(int row, int step, FloatHistogram histogram) {
    @Nullable FloatHistogram[] column = histograms;
    if (column == null) {
      column = new FloatHistogram[values.length];
      histograms = column;
    }
    column[row * steps + step] = histogram;
    present[row * words + (step >>> 6)] |= 1L << step;
  }

  /** Takes the sample of a step away. */
  public void remove(int row, int step) {
    present[row * words + (step >>> 6)] &= ~(1L << step);
  }

  /** The histogram of a sample, null if it is a float or absent. */
  public @Nullable FloatHistogram histogram(int row, int step) {
    @Nullable FloatHistogram[] column = histograms;
    return column == null ? null : column[row * steps + step];
  }

  /** Whether any sample of the row is a histogram. */
  public boolean hasHistograms(int row) {
    @Nullable FloatHistogram[] column = histograms;
    if (column == null) {
      return false;
    }
    for (int i = row * steps, end = i + steps; i < end; i++) {
      if (column[i] != null && has(row, i - row * steps)) {
        return true;
      }
    }
    return false;
  }

  public boolean isEmpty(int row) {
    for (int i = row * words, end = i + words; i < end; i++) {
      if (present[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The samples of a row. */
  public int count(int row) {
    int n = 0;
    for (int i = row * words, end = i + words; i < end; i++) {
      n += Long.bitCount(present[i]);
    }
    return n;
  }

  /** The samples of all rows. */
  public long count() {
    long n = 0;
    for (int i = 0, end = rows * words; i < end; i++) {
      n += Long.bitCount(present[i]);
    }
    return n;
  }

  /** The first step at or after {@code from} that has a sample, or -1. */
  public int next(int row, int from) {
    if (from >= steps) {
      return -1;
    }
    int base = row * words;
    int w = from >>> 6;
    long bits = present[base + w] & (-1L << from);
    while (bits == 0) {
      if (++w == words) {
        return -1;
      }
      bits = present[base + w];
    }
    return (w << 6) + Long.numberOfTrailingZeros(bits);
  }

  /** Gives every step of a row a sample; the caller fills the values. */
  public void fill(int row) {
    int base = row * words;
    Arrays.fill(present, base, base + words, -1L);
    if ((steps & 63) != 0) {
      present[base + words - 1] = (1L << steps) - 1;
    }
  }

  /** Makes {@code row} a copy of a row of another block with the same steps. */
  public void copy(int row, SeriesBlock from, int fromRow) {
    System.arraycopy(from.values, fromRow * steps, values, row * steps, steps);
    System.arraycopy(from.present, fromRow * words, present, row * words, words);
    @Nullable FloatHistogram[] source = from.histograms;
    if (source != null && from.hasHistograms(fromRow)) {
      @Nullable FloatHistogram[] column = histograms;
      if (column == null) {
        column = new FloatHistogram[values.length];
        histograms = column;
      }
      System.arraycopy(source, fromRow * steps, column, row * steps, steps);
    } else if (histograms != null) {
      Arrays.fill(histograms, row * steps, (row + 1) * steps, null);
    }
  }

  /** The bytes that a block of {@code rows} rows takes, histograms left out. */
  public static long bytes(long rows, int steps) {
    return rows * (8L * steps + 8L * ((steps + 63) >>> 6));
  }
}
