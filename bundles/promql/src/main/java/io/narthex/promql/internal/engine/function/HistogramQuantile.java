package io.narthex.promql.internal.engine.function;

import io.narthex.model.GoFloat;
import io.narthex.model.Labels;
import io.narthex.model.LabelsBuilder;
import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.histogram.HistogramStatistics;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.MergeRows;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code histogram_quantile} and {@code histogram_quantiles}. */
final class HistogramQuantile extends VectorOperator implements MergeRows.MayRepeat {

  private final VectorOperator input;
  private final List<ScalarOperator> quantiles;
  private final String label;
  private final Position position;
  private final List<Position> arguments;
  private SeriesBlock result = new SeriesBlock(1);

  /**
   * @param label that gets the quantile, empty for none
   * @param position of the vector
   * @param arguments where the quantiles stand
   */
  HistogramQuantile(
      VectorOperator input,
      List<ScalarOperator> quantiles,
      String label,
      Position position,
      List<Position> arguments) {
    super(input.execution(), input.steps());
    this.input = input;
    this.quantiles = List.copyOf(quantiles);
    this.label = label;
    this.position = position;
    this.arguments = List.copyOf(arguments);
  }

  @Override
  protected Rows open() {
    ClassicHistograms histograms = new ClassicHistograms(input, position);
    Rows groups = histograms.rows();
    int n = groups.size();
    int total = n * quantiles.size();
    ex.guard().take(SeriesBlock.bytes(total, steps.count()));
    SeriesBlock out = new SeriesBlock(steps.count());
    out.clear(total);
    ForcedMonotonic forced = new ForcedMonotonic(ex, position);
    for (int i = 0; i < quantiles.size(); i++) {
      double[] q = quantiles.get(i).values();
      checkRange(q, arguments.get(i));
    }
    for (int g = 0; g < n; g++) {
      ex.check();
      for (int k = 0; k < steps.count(); k++) {
        if (histograms.at(g, k)) {
          step(histograms, g, k, n, out, forced);
        }
      }
    }
    forced.tell();
    ex.guard().hold(out.count());
    result = out;
    return label.isEmpty() ? groups : labelled(groups);
  }

  private void step(
      ClassicHistograms histograms,
      int group,
      int k,
      int groups,
      SeriesBlock out,
      ForcedMonotonic forced) {
    FloatHistogram h = histograms.nativeHistogram();
    Buckets buckets = histograms.buckets();
    if (h == null) {
      buckets.makeMonotonic();
    }
    for (int i = 0; i < quantiles.size(); i++) {
      double q = quantiles.get(i).values()[k];
      double result = h == null ? buckets.quantile(q) : HistogramStatistics.quantile(q, h);
      out.set(i * groups + group, k, result);
      if (h != null && q >= 0 && q <= 1 && HistogramStatistics.hasNaNs(h)) {
        ex.notes()
            .info(
                "input to histogram_quantile has NaN observations, result is "
                    + (Double.isNaN(result) ? "NaN" : "skewed higher")
                    + histograms.forMetric(group),
                position);
      }
    }
    if (h == null && buckets.forced()) {
      forced.add(buckets, histograms.metricName(group), steps.at(k));
    }
  }

  private void checkRange(double[] q, Position at) {
    for (double v : q) {
      if (!(v >= 0 && v <= 1)) {
        ex.notes().invalidQuantile(v, at);
      }
    }
  }

  /** The rows again for each value that a quantile has, with that value in the label. */
  private Rows labelled(Rows groups) {
    int n = groups.size();
    SeriesBlock computed = result;
    List<Labels> labels = new ArrayList<>();
    List<int[]> sources = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < quantiles.size(); i++) {
      for (double q : Arrays.stream(quantiles.get(i).values()).distinct().toArray()) {
        String text = GoFloat.openMetrics(q);
        for (int g = 0; g < n; g++) {
          labels.add(new LabelsBuilder(groups.labels(g)).set(label, text).build());
          sources.add(new int[] {i, g});
          values.add(q);
        }
      }
    }
    ex.guard().take(SeriesBlock.bytes(labels.size(), steps.count()));
    SeriesBlock out = new SeriesBlock(steps.count());
    out.clear(labels.size());
    boolean[] dropped = new boolean[out.rows];
    for (int row = 0; row < out.rows; row++) {
      int[] source = sources.get(row);
      dropped[row] = groups.dropsName(source[1]);
      int from = source[0] * n + source[1];
      double[] q = quantiles.get(source[0]).values();
      for (int k = computed.next(from, 0); k >= 0; k = computed.next(from, k + 1)) {
        if (Double.compare(q[k], values.get(row)) == 0) {
          out.set(row, k, computed.values[from * computed.steps + k]);
        }
      }
    }
    result = out;
    return Rows.of(ex.naming(), labels.toArray(new Labels[0]), dropped, false);
  }

  @Override
  public double rowCost() {
    return steps.count() / 4.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    Materialized.copy(result, from, to, out);
  }
}
