package io.narthex.promql.internal.engine.function;

import io.narthex.model.GoQuote;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.GroupTable;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classic histograms of a vector: series that differ in {@code le} only, put in the order of
 * their bounds once for a query.
 */
final class ClassicHistograms {

  private static final String LE = "le";

  private final Execution ex;
  private final Rows rows;
  private final Position position;
  private final SeriesBlock values;
  private final double[] bounds;
  private final int[][] members;
  private final Rows groups;
  private final Buckets buckets = new Buckets();
  private @Nullable FloatHistogram current;

  ClassicHistograms(VectorOperator input, Position position) {
    this.ex = input.execution();
    this.rows = input.rows();
    this.position = position;
    this.values = Materialized.of(input);
    GroupTable table = new GroupTable(List.of(LE), true, true);
    int[] assigned = table.assign(rows, ex.guard());
    this.bounds = new double[rows.size()];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = bound(rows.base(i).get(LE));
    }
    warnOfBadBounds();
    this.members = members(assigned, table.size());
    this.groups = groupRows();
  }

  /** The bound in a label; NaN if it is none. */
  private static double bound(String le) {
    if (le.isEmpty()) {
      return Double.NaN;
    }
    char last = le.charAt(le.length() - 1);
    if (le.equalsIgnoreCase("+inf") || le.equalsIgnoreCase("inf")) {
      return Double.POSITIVE_INFINITY;
    }
    if (le.equalsIgnoreCase("-inf")) {
      return Double.NEGATIVE_INFINITY;
    }
    // Java takes suffixes and surrounding blanks, which are no part of a number here.
    if (!((last >= '0' && last <= '9') || last == '.') || le.charAt(0) <= ' ') {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(le);
    } catch (NumberFormatException malformed) {
      return Double.NaN;
    }
  }

  private void warnOfBadBounds() {
    for (int i = 0; i < bounds.length; i++) {
      if (!Double.isNaN(bounds[i]) || !hasFloat(i)) {
        continue;
      }
      String name =
          ex.naming().delayed()
              ? " for metric name " + GoQuote.quote(rows.base(i).metricName())
              : "";
      ex.notes()
          .warn(
              "bucket label \"le\" is missing or has a malformed value of "
                  + GoQuote.quote(rows.base(i).get(LE))
                  + name,
              position);
    }
  }

  private boolean hasFloat(int row) {
    for (int k = values.next(row, 0); k >= 0; k = values.next(row, k + 1)) {
      if (values.histogram(row, k) == null) {
        return true;
      }
    }
    return false;
  }

  private int[][] members(int[] assigned, int size) {
    int[] counts = new int[size];
    for (int g : assigned) {
      counts[g]++;
    }
    int[][] all = new int[size][];
    for (int g = 0; g < size; g++) {
      all[g] = new int[counts[g]];
      counts[g] = 0;
    }
    for (int i = 0; i < assigned.length; i++) {
      all[assigned[i]][counts[assigned[i]]++] = i;
    }
    for (int g = 0; g < size; g++) {
      all[g] =
          Arrays.stream(all[g])
              .boxed()
              .sorted(Comparator.comparingDouble(i -> bounds[i]))
              .mapToInt(Integer::intValue)
              .toArray();
    }
    return all;
  }

  private Rows groupRows() {
    Labels[] labels = new Labels[members.length];
    LabelsBuilder b = new LabelsBuilder();
    for (int g = 0; g < labels.length; g++) {
      labels[g] = b.reset(rows.labels(members[g][0])).remove(LE).build();
    }
    return Rows.of(ex.naming(), labels, rows.oneName()).dropNames();
  }

  /** A row for each histogram, without names. */
  Rows rows() {
    return groups;
  }

  int steps() {
    return values.steps;
  }

  /**
   * Looks at a histogram at a step: afterwards {@link #buckets} or {@link #nativeHistogram} has it.
   *
   * @return false if there is none, or both kinds, which is told
   */
  boolean at(int group, int step) {
    buckets.clear();
    FloatHistogram found = null;
    for (int row : members[group]) {
      if (!values.has(row, step)) {
        continue;
      }
      FloatHistogram h = values.histogram(row, step);
      if (h != null) {
        found = h;
      } else if (!Double.isNaN(bounds[row])) {
        buckets.add(bounds[row], values.values[row * values.steps + step]);
      }
    }
    current = found;
    if (found != null && !buckets.isEmpty()) {
      ex.notes()
          .warn(
              "vector contains a mix of classic and native histograms" + forMetric(group),
              position);
      return false;
    }
    return found != null || !buckets.isEmpty();
  }

  Buckets buckets() {
    return buckets;
  }

  /** The native histogram at the step that was looked at; null if it is a classic one. */
  @Nullable FloatHistogram nativeHistogram() {
    return current;
  }

  /** The metric's name as part of a message, where names are still there. */
  String forMetric(int group) {
    return ex.naming().delayed() ? " for metric name " + GoQuote.quote(metricName(group)) : "";
  }

  /** The metric's name for a message. */
  String metricName(int group) {
    return rows.base(members[group][0]).metricName();
  }
}
