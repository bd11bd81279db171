package io.narthex.storage.tsdb.internal.compact;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** How far the block that is being made has come, and whether to give it up. */
public final class Progress {

  private final AtomicLong series = new AtomicLong();

  private volatile boolean cancelled;

  /** Begins to count anew. */
  public void begin() {
    series.set(0);
  }

  void series() {
    series.getAndIncrement();
  }

  /** The series that have gone into the block. */
  public long seriesDone() {
    return series.get();
  }

  /** Makes what is under way, and what begins later, end with a {@link CancellationException}. */
  public void cancel() {
    cancelled = true;
  }

  public boolean isCancelled() {
    return cancelled;
  }

  /** Throws if {@link #cancel} was called. */
  public void checkCancelled() {
    if (cancelled) {
      throw new CancellationException("the database is closing");
    }
  }
}
