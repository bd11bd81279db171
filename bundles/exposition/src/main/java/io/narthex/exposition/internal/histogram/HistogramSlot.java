package io.narthex.exposition.internal.histogram;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.model.histogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Holds one native histogram of either kind, or none. */
public final class HistogramSlot {

  private @Nullable Histogram whole;
  private @Nullable FloatHistogram fractional;

  public void clear() {
    whole = null;
    fractional = null;
  }

  public void set(Histogram h) {
    whole = h;
    fractional = null;
  }

  public void set(FloatHistogram h) {
    fractional = h;
    whole = null;
  }

  public boolean isEmpty() {
    return whole == null && fractional == null;
  }

  public @Nullable Histogram whole() {
    return whole;
  }

  public @Nullable FloatHistogram fractional() {
    return fractional;
  }
}
