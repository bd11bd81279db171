package io.narthex.promql.internal.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * How many samples a query looked at: those that each step saw, and those that were decoded. Safe
 * for several threads; operators add once a batch, not once a sample.
 */
public final class SampleStatistics {

  private final AtomicLong queryable = new AtomicLong();
  private final AtomicLong read = new AtomicLong();
  private final @Nullable AtomicLongArray perStep;

  /**
   * @param steps of the query if they are counted one by one, else 0
   */
  public SampleStatistics(int steps) {
    perStep = steps == 0 ? null : new AtomicLongArray(steps);
  }

  public void queryable(long n) {
    queryable.addAndGet(n);
  }

  public void read(long n) {
    read.addAndGet(n);
  }

  public boolean countsSteps() {
    return perStep != null;
  }

  /** Adds to one step of the query, if they are counted. */
  public void step(int step, long n) {
    if (perStep != null && step < perStep.length()) {
      perStep.addAndGet(step, n);
    }
  }

  public long queryable() {
    return queryable.get();
  }

  public long read() {
    return read.get();
  }

  public long @Nullable [] perStep() {
    if (perStep == null) {
      return null;
    }
    long[] counts = new long[perStep.length()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = perStep.get(i);
    }
    return counts;
  }
}
