package io.narthex.promql.internal.engine;

import io.narthex.promql.internal.engine.admission.WorkerPool;
import io.narthex.promql.internal.engine.data.Naming;
import io.narthex.promql.internal.engine.data.Steps;

/**
 * What all operators of one evaluation share.
 *
 * @param query the steps of the query itself; those of subqueries differ
 * @param range whether it is a range query, even if of one step
 * @param lookback in milliseconds
 */
public record Execution(
    Steps query,
    boolean range,
    long queryStep,
    long lookback,
    Features features,
    Naming naming,
    Guard guard,
    Notes notes,
    SampleStatistics statistics,
    WorkerPool pool) {

  public void check() {
    guard.check();
  }
}
