package io.narthex.promql.internal.engine.data;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/** Working memory that threads take for a block of rows and give back, so that it is kept. */
public final class ScratchPool<T> {

  private final Supplier<T> make;
  private final ArrayDeque<T> free = new ArrayDeque<>(4);

  public ScratchPool(Supplier<T> make) {
    this.make = make;
  }

  public T take() {
    T known;
    synchronized (free) {
      known = free.poll();
    }
    return known == null ? make.get() : known;
  }

  public void giveBack(T scratch) {
    synchronized (free) {
      free.push(scratch);
    }
  }
}
