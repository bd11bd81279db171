package io.narthex.promql.internal.engine.function;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.histogram.HistogramStatistics;
import io.narthex.promql.internal.engine.operator.Materialized;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;

/** {@code histogram_fraction}. */
final class HistogramFraction extends VectorOperator {

  private final VectorOperator input;
  private final ScalarOperator lower;
  private final ScalarOperator upper;
  private final Position position;
  private SeriesBlock result = new SeriesBlock(1);

  HistogramFraction(
      VectorOperator input, ScalarOperator lower, ScalarOperator upper, Position position) {
    super(input.execution(), input.steps());
    this.input = input;
    this.lower = lower;
    this.upper = upper;
    this.position = position;
  }

  @Override
  protected Rows open() {
    ClassicHistograms histograms = new ClassicHistograms(input, position);
    Rows groups = histograms.rows();
    ex.guard().take(SeriesBlock.bytes(groups.size(), steps.count()));
    SeriesBlock out = new SeriesBlock(steps.count());
    out.clear(groups.size());
    double[] from = lower.values();
    double[] to = upper.values();
    for (int g = 0; g < groups.size(); g++) {
      ex.check();
      for (int k = 0; k < steps.count(); k++) {
        if (!histograms.at(g, k)) {
          continue;
        }
        FloatHistogram h = histograms.nativeHistogram();
        if (h == null) {
          out.set(g, k, histograms.buckets().fraction(from[k], to[k]));
          continue;
        }
        out.set(g, k, HistogramStatistics.fraction(from[k], to[k], h));
        if (HistogramStatistics.hasNaNs(h)) {
          ex.notes()
              .info(
                  "input to histogram_fraction has NaN observations, which are excluded from all"
                      + " fractions"
                      + histograms.forMetric(g),
                  position);
        }
      }
    }
    ex.guard().hold(out.count());
    result = out;
    return groups;
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
