package io.narthex.promql.internal.engine.select;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.StorageException;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Columns;
import io.narthex.promql.internal.engine.data.Windows;
import io.narthex.promql.internal.engine.histogram.NativeHistogram;
import org.jspecify.annotations.Nullable;

/** Decodes the samples of one series after the other into columns. Used by one thread. */
public final class SampleReader {

  private final Execution ex;
  private final Windows windows;
  private final boolean keepStale;
  private final SampleBatch batch = new SampleBatch();
  private final long first;
  private final long last;
  private final boolean gaps;
  private final boolean deriveHints;
  private @Nullable SampleCursor cursor;

  /**
   * @param keepStale whether the marks of ended series are samples; ranges do without them
   */
  public SampleReader(Execution ex, Windows windows, boolean keepStale) {
    this(ex, windows, keepStale, false);
  }

  /**
   * @param deriveHints whether histograms of which nothing is known about a reset are compared with
   *     the one before them
   */
  public SampleReader(Execution ex, Windows windows, boolean keepStale, boolean deriveHints) {
    this.deriveHints = deriveHints;
    this.ex = ex;
    this.windows = windows;
    this.keepStale = keepStale;
    this.first = windows.firstTime();
    this.last = windows.lastTime();
    this.gaps = windows.hasGaps();
  }

  /** Makes {@code out} the samples that the windows need, and maybe some between them. */
  public void read(Series series, Columns out) {
    out.clear();
    try {
      SampleCursor c = series.cursor(cursor);
      cursor = c;
      c.seek(first);
      while (c.next(batch)) {
        ex.check();
        long newest = batch.timestamps[batch.size - 1];
        if (newest >= first) {
          take(out);
        }
        if (newest >= last) {
          break;
        }
        if (gaps) {
          long next = windows.nextNeeded(newest);
          if (next > newest + 1) {
            c.seek(next);
          }
        }
      }
    } catch (StorageException e) {
      throw Selections.failure(e);
    }
    if (deriveHints) {
      deriveHints(out);
    }
    ex.statistics().read(out.size + (long) out.histogramCount);
  }

  private static void deriveHints(Columns out) {
    for (int i = out.histogramCount - 1; i > 0; i--) {
      FloatHistogram h = out.histograms[i];
      if (h.hint() == CounterResetHint.UNKNOWN && !h.isStale()) {
        NativeHistogram now = NativeHistogram.of(h);
        boolean reset = now.isReset(NativeHistogram.of(out.histograms[i - 1]));
        out.histograms[i] =
            now.hint(reset ? CounterResetHint.RESET : CounterResetHint.NOT_RESET).toFloat();
      }
    }
  }

  private void take(Columns out) {
    int from = 0;
    while (batch.timestamps[from] < first) {
      from++;
    }
    int to = batch.size;
    while (to > from && batch.timestamps[to - 1] > last) {
      to--;
    }
    if (batch.histograms != null) {
      takeMixed(out, from, to, batch.histograms);
      return;
    }
    out.ensure(to - from);
    if (out.starts != null) {
      takeStarts(out.starts, out.size, from, to);
    }
    System.arraycopy(batch.timestamps, from, out.times, out.size, to - from);
    System.arraycopy(batch.values, from, out.values, out.size, to - from);
    int first = out.size;
    out.size += to - from;
    if (!keepStale) {
      for (int i = first; i < out.size; i++) {
        if (Double.isNaN(out.values[i]) && StaleMarker.is(out.values[i])) {
          removeStale(out, i);
          break;
        }
      }
    }
  }

  /** Takes the marks of staleness out of the columns, of which the first is at {@code from}. */
  private static void removeStale(Columns out, int from) {
    int n = from;
    for (int i = from; i < out.size; i++) {
      double v = out.values[i];
      out.times[n] = out.times[i];
      out.values[n] = v;
      if (out.starts != null) {
        out.starts[n] = out.starts[i];
      }
      n += StaleMarker.is(v) ? 0 : 1;
    }
    out.size = n;
  }

  private void takeStarts(long[] starts, int at, int from, int to) {
    for (int i = from; i < to; i++) {
      starts[at + i - from] = batch.startTimestamps == null ? 0 : batch.startTimestamps[i];
    }
  }

  private void takeMixed(Columns out, int from, int to, @Nullable FloatHistogram[] histograms) {
    for (int i = from; i < to; i++) {
      long start = batch.startTimestamps == null ? 0 : batch.startTimestamps[i];
      FloatHistogram h = histograms[i];
      if (h == null) {
        if (keepStale || !StaleMarker.is(batch.values[i])) {
          out.add(batch.timestamps[i], batch.values[i], start);
        }
      } else if (keepStale || !h.isStale()) {
        out.add(batch.timestamps[i], h, start);
      }
    }
  }
}
