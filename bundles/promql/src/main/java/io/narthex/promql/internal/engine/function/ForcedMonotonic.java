package io.narthex.promql.internal.engine.function;

import io.narthex.model.GoQuote;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.Notes;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells, once a metric, that histograms had decreasing buckets. */
final class ForcedMonotonic {

  /** What was seen of one metric. */
  private static final class Seen {
    private double first = Double.POSITIVE_INFINITY;
    private double last = Double.NEGATIVE_INFINITY;
    private double most;
    private long from = Long.MAX_VALUE;
    private long to = Long.MIN_VALUE;
    private int count;
  }

  private final Execution ex;
  private final Position position;
  private final Map<String, Seen> byName = new LinkedHashMap<>();

  ForcedMonotonic(Execution ex, Position position) {
    this.ex = ex;
    this.position = position;
  }

  void add(Buckets buckets, String metricName, long time) {
    Seen seen = byName.computeIfAbsent(ex.naming().delayed() ? metricName : "", n -> new Seen());
    seen.first = Math.min(seen.first, buckets.firstForced());
    seen.last = Math.max(seen.last, buckets.lastForced());
    seen.most = Math.max(seen.most, buckets.largestForce());
    seen.from = Math.min(seen.from, time);
    seen.to = Math.max(seen.to, time);
    seen.count++;
  }

  void tell() {
    byName.forEach((name, seen) ->
        ex.notes()
            .info(
                "input to histogram_quantile needed to be fixed for monotonicity (see"
                    + " https://prometheus.io/docs/prometheus/latest/querying/functions/"
                    + "#histogram_quantile)"
                    + (name.isEmpty() ? "" : " for metric name " + GoQuote.quote(name))
                    + ", from buckets "
                    + Notes.g(seen.first)
                    + " to "
                    + Notes.g(seen.last)
                    + ", with a max diff of "
                    + twoDigits(seen.most)
                    + ", over "
                    + seen.count
                    + " samples from "
                    + Instant.ofEpochMilli(seen.from)
                    + " to "
                    + Instant.ofEpochMilli(seen.to),
                position));
  }

  /** As {@code %.2g}. */
  private static String twoDigits(double v) {
    if (!Double.isFinite(v) || v == 0) {
      return Notes.g(v);
    }
    double rounded = new BigDecimal(v).round(new MathContext(2)).doubleValue();
    double abs = Math.abs(rounded);
    return abs < 1e-4 || abs >= 100
        ? io.narthex.model.GoFloat.e(rounded)
        : io.narthex.model.GoFloat.f(rounded);
  }
}
