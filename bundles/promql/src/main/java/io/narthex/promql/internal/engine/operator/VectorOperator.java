package io.narthex.promql.internal.engine.operator;

import io.narthex.promql.internal.engine.Execution;
import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.SeriesBlock;
import io.narthex.promql.internal.engine.data.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Gives series over all steps of its evaluation, any range of rows at a time.
 *
 * <p>{@link #rows} is called first, by the query's own thread: an operator that needs all of its
 * input evaluates it there. From then on {@link #read} may be called by several threads at once,
 * for any rows, in any order, and gives the same each time.
 */
public abstract class VectorOperator {

  protected final Execution ex;
  protected final Steps steps;
  private @Nullable Rows rows;

  protected VectorOperator(Execution ex, Steps steps) {
    this.ex = ex;
    this.steps = steps;
  }

  public final Steps steps() {
    return steps;
  }

  public final Execution execution() {
    return ex;
  }

  /** The series, in the order of the evaluation; some may turn out to have no sample. */
  public final Rows rows() {
    Rows r = rows;
    if (r == null) {
      ex.check();
      r = open();
      rows = r;
    }
    return r;
  }

  /** Resolves the series; called once. */
  protected abstract Rows open();

  /** Makes {@code out} the rows from {@code from} to before {@code to}. */
  public abstract void read(int from, int to, SeriesBlock out);

  /** Whether reading gives samples and nothing else: neither notes for the user nor errors. */
  public boolean isSilent() {
    return false;
  }

  /**
   * Reads everything for the notes and errors that may come of it: a part of an expression is
   * evaluated even where nobody needs its samples.
   */
  public final void drain() {
    if (rows().size() > 0 && !isSilent()) {
      BlockScan.run(this, (block, from) -> {});
    }
  }

  /** About how many samples are touched for a row; decides whether threads share the work. */
  public abstract double rowCost();
}
