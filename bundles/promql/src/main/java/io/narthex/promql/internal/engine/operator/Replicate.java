package io.narthex.promql.internal.engine.operator;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Steps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Gives the samples of an expression that is the same at every step, evaluated once, to all. */
public final class Replicate extends VectorOperator {

  private final VectorOperator input;
  private @Nullable SeriesBlock once;

  /**
   * @param input with a single step
   */
  public Replicate(VectorOperator input, Steps steps) {
    super(input.execution(), steps);
    this.input = input;
  }

  @Override
  protected Rows open() {
    once = Materialized.of(input);
    return input.rows();
  }

  @Override
  public double rowCost() {
    return steps.count() / 16.0;
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    SeriesBlock source = once;
    if (source == null) {
      throw new IllegalStateException("read before the rows were asked for");
    }
    out.clear(to - from);
    for (int row = from; row < to; row++) {
      if (!source.has(row, 0)) {
        continue;
      }
      FloatHistogram h = source.histogram(row, 0);
      if (h == null) {
        int at = (row - from) * out.steps;
        Arrays.fill(out.values, at, at + out.steps, source.values[row]);
        out.fill(row - from);
      } else {
        for (int k = 0; k < out.steps; k++) {
          out.set(row - from, k, h);
        }
      }
    }
  }
}
