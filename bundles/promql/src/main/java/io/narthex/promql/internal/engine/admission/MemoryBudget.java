package io.narthex.promql.internal.engine.admission;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all queries together may hold. Safe for several threads. */
public final class MemoryBudget {

  private final long limit;
  private final AtomicLong held = new AtomicLong();

  public MemoryBudget(long limit) {
    this.limit = limit;
  }

  /** Takes bytes, if there are as many. */
  public boolean take(long n) {
    if (held.addAndGet(n) > limit) {
      held.addAndGet(-n);
      return false;
    }
    return true;
  }

  public void giveBack(long n) {
    held.addAndGet(-n);
  }

  public long limit() {
    return limit;
  }

  /** The bytes that are held now. */
  public long held() {
    return held.get();
  }
}
