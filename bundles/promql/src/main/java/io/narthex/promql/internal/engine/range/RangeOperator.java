package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.ast.Position;
import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.ScratchPool;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.operator.ScalarOperator;
import io.narthex.promql.internal.engine.operator.VectorOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Applies a range function to each series of a source. */
public final class RangeOperator extends VectorOperator {

  private final RangeSource source;
  private final Supplier<RangeFunction> function;
  private final boolean keepName;
  private final boolean useStarts;
  private final List<ScalarOperator> scalars;
  private final List<double[]> arguments = new ArrayList<>();
  private final Position position;
  private final Position argumentPosition;

  private final ScratchPool<Scratch> scratch = new ScratchPool<>(Scratch::new);

  /** What one thread works with. */
  private final class Scratch {
    final RangeInput in =
        new RangeInput(ex, source.windows(), useStarts, arguments, position, argumentPosition);
    final RangeFunction function = RangeOperator.this.function.get();
    final RangeSource.Reader reader = source.reader();
  }

  /**
   * @param name of the function
   * @param scalars its other arguments
   * @param position of the range in the query
   * @param argumentPosition of the first other argument
   */
  public RangeOperator(
      Execution ex,
      RangeSource source,
      String name,
      Supplier<RangeFunction> function,
      List<ScalarOperator> scalars,
      Position position,
      Position argumentPosition) {
    super(ex, source.windows().steps());
    this.source = source;
    this.function = function;
    this.keepName = RangeFunctions.keepsName(name);
    this.useStarts = RangeFunctions.usesStarts(name) && ex.features().startTimestamps();
    this.scalars = List.copyOf(scalars);
    this.position = position;
    this.argumentPosition = argumentPosition;
  }

  @Override
  protected Rows open() {
    Rows rows = source.rows();
    for (ScalarOperator s : scalars) {
      arguments.add(s.values());
    }
    return keepName ? rows : rows.dropNames();
  }

  @Override
  public double rowCost() {
    return source.rowCost();
  }

  @Override
  public void read(int from, int to, SeriesBlock out) {
    out.clear(to - from);
    Scratch s = scratch.take();
    RangeInput in = s.in;
    RowOutput row = new RowOutput(out);
    Rows rows = source.rows();
    long held = 0;
    long seen = 0;
    for (int r = from; r < to; r++) {
      s.reader.read(r, to, in);
      int n = in.columns.size + in.columns.histogramCount;
      if (n == 0) {
        continue;
      }
      if (n != held) {
        ex.guard().hold(n - held);
        held = n;
      }
      in.labels = rows.labels(r);
      in.locate();
      seen += count(in);
      row.row(r - from);
      s.function.evaluate(in, row);
    }
    ex.guard().release(held);
    ex.statistics().queryable(seen);
    scratch.giveBack(s);
  }

  private long count(RangeInput in) {
    long sum = in.visible();
    if (in.hasHistograms()) {
      for (int k = 0; k < in.steps; k++) {
        sum += in.histograms(k);
      }
    }
    if (ex.statistics().countsSteps() && in.steps == ex.query().count()) {
      for (int k = 0; k < in.steps; k++) {
        ex.statistics().step(k, in.hi[k] - in.lo[k] + (long) in.histograms(k));
      }
    }
    return sum;
  }
}
