package io.narthex.promql.internal.engine.histogram;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.Notes;

/** Histograms as text: {@code {count:3, sum:4, (1,2]:3}}. */
public final class HistogramText {

  private HistogramText() {}

  public static String of(FloatHistogram h) {
    StringBuilder out = new StringBuilder("{count:").append(Notes.g(h.count()));
    out.append(", sum:").append(Notes.g(h.sum()));
    BucketWalk walk = new BucketWalk(h);
    for (int i = 0; i < walk.size(); i++) {
      if (walk.count(i) == 0) {
        continue;
      }
      double lower = walk.lower(i);
      double upper = walk.upper(i);
      boolean zero = lower == -upper;
      boolean closedLower = zero || (h.usesCustomBuckets() ? Double.isInfinite(lower) : lower < 0);
      boolean closedUpper = zero || h.usesCustomBuckets() || upper > 0;
      out.append(", ").append(closedLower ? '[' : '(');
      out.append(Notes.g(lower)).append(',').append(Notes.g(upper));
      out.append(closedUpper ? ']' : ')').append(':').append(Notes.g(walk.count(i)));
    }
    return out.append('}').toString();
  }
}
