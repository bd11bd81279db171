package io.narthex.promql.internal.engine.range;

import io.narthex.model.histogram.FloatHistogram;
import io.narthex.promql.internal.engine.data.SeriesBlock;

/** The row of a block that a range function writes to. */
public final class RowOutput {

  private final SeriesBlock block;
  private int row;

  public RowOutput(SeriesBlock block) {
    this.block = block;
  }

  void row(int r) {
    row = r;
  }

  /** The values of all steps, to be filled from {@link #offset} on. */
  double[] values() {
    return block.values;
  }

  int offset() {
    return row * block.steps;
  }

  /** Says which steps have a value, as a bitmap. */
  void present(long[] steps) {
    System.arraycopy(steps, 0, block.present, row * block.words, block.words);
  }

  public void set(int step, double value) {
    block.set(row, step, value);
  }

  public void set(int step, FloatHistogram histogram) {
    block.set(row, step, histogram);
  }
}
