package io.narthex.promql.internal.engine.data;

import io.narthex.model.histogram.FloatHistogram;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The decoded samples of one series: floats and histograms in columns of their own, each ascending
 * in time. Filled again and again by one thread.
 */
public final class Columns {

  public int size;
  public long[] times = new long[512];
  public double[] values = new double[512];

  /** Since when each float counts, 0 where unknown; null if it is not asked for. */
  public long @Nullable [] starts;

  public int histogramCount;
  public long[] histogramTimes = new long[0];
  public FloatHistogram[] histograms = new FloatHistogram[0];
  public long @Nullable [] histogramStarts;

  private final boolean withStarts;

  public Columns(boolean withStarts) {
    this.withStarts = withStarts;
    if (withStarts) {
      starts = new long[512];
      histogramStarts = new long[0];
    }
  }

  public void clear() {
    size = 0;
    histogramCount = 0;
  }

  /** Makes room for {@code more} floats. */
  public void ensure(int more) {
    if (size + more > times.length) {
      int length = Math.max(size + more, times.length * 2);
      times = Arrays.copyOf(times, length);
      values = Arrays.copyOf(values, length);
      if (starts != null) {
        starts = Arrays.copyOf(starts, length);
      }
    }
  }

  public void add(long time, double value) {
    add(time, value, 0);
  }

  public void add(long time, double value, long start) {
    ensure(1);
    times[size] = time;
    values[size] = value;
    if (starts != null) {
      starts[size] = start;
    }
    size++;
  }

  public void add(long time, FloatHistogram histogram, long start) {
    if (histogramCount == histogramTimes.length) {
      int length = Math.max(64, histogramCount * 2);
      histogramTimes = Arrays.copyOf(histogramTimes, length);
      histograms = Arrays.copyOf(histograms, length);
      if (withStarts) {
        histogramStarts =
            histogramStarts == null ? new long[length] : Arrays.copyOf(histogramStarts, length);
      }
    }
    histogramTimes[histogramCount] = time;
    histograms[histogramCount] = histogram;
    if (histogramStarts != null) {
      histogramStarts[histogramCount] = start;
    }
    histogramCount++;
  }
}
