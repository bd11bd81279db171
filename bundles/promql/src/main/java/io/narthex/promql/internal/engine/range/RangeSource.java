package io.narthex.promql.internal.engine.range;

import io.narthex.promql.internal.engine.data.Rows;
import io.narthex.promql.internal.engine.data.Windows;

/** Where the samples of ranges come from: a selector or a subquery. */
public interface RangeSource {

  /** The series; called first, by the query's own thread. */
  Rows rows();

  Windows windows();

  /** About how many samples a series has. */
  double rowCost();

  /** A reader, used by one thread at a time. */
  Reader reader();

  /** Gives the samples of one series after the other. */
  interface Reader {

    /**
     * Fills the columns with the samples of a row.
     *
     * @param end the rows from it on will not be asked for soon
     */
    void read(int row, int end, RangeInput in);
  }
}
