package io.narthex.scrape.internal;

import io.narthex.scrape.internal.loop.ScrapeTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Time that stands still until a test moves it. Moving it wakes those whose time has come, one
 * moment after the other, and waits each time until a number of threads wait again.
 */
public final class VirtualTime implements ScrapeTime {

  private static final long DEADLINE_SECONDS = 60;

  private long wall;
  private long monotonic = 1_000;
  private int waiting;
  private final List<Long> deadlines = new ArrayList<>();

  public VirtualTime(long wallNanos) {
    wall = wallNanos;
  }

  @Override
  public synchronized long wallNanos() {
    return wall;
  }

  @Override
  public synchronized long nanos() {
    return monotonic;
  }

  /** Waits until that many threads wait for time or events. */
  public synchronized void settle(int threads) throws InterruptedException {
    long end = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
    while (waiting != threads) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError(waiting + " threads wait instead of " + threads);
      }
      wait(left);
    }
  }

  /** Moves on, stopping at each moment that one of the threads waits for. */
  public synchronized void advance(long nanos, int threads) throws InterruptedException {
    settle(threads);
    long goal = monotonic + nanos;
    while (monotonic < goal) {
      long next = goal;
      for (long d : deadlines) {
        if (d > monotonic && d < next) {
          next = d;
        }
      }
      wall += next - monotonic;
      monotonic = next;
      notifyAll();
      if (hasExpired()) {
        awaitConsumed();
      }
      settle(threads);
    }
  }

  /** Moves on without waiting for anybody. */
  public synchronized void elapse(long nanos) {
    wall += nanos;
    monotonic += nanos;
    notifyAll();
  }

  /** Lets the wall clock jump without waking anybody. */
  public synchronized void jumpWall(long nanos) {
    wall += nanos;
  }

  private boolean hasExpired() {
    return deadlines.stream().anyMatch(d -> d <= monotonic);
  }

  private void awaitConsumed() throws InterruptedException {
    long end = System.nanoTime() + DEADLINE_SECONDS * 1_000_000_000L;
    while (hasExpired()) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw new AssertionError("a thread did not notice that its time has come");
      }
      wait(left);
    }
  }

  @Override
  public Signal signal() {
    return new Event();
  }

  private final class Event implements Signal {
    private boolean fired;

    @Override
    public void fire() {
      synchronized (VirtualTime.this) {
        fired = true;
        VirtualTime.this.notifyAll();
      }
    }

    @Override
    public boolean isFired() {
      synchronized (VirtualTime.this) {
        return fired;
      }
    }

    @Override
    public boolean awaitUntil(long deadline) throws InterruptedException {
      synchronized (VirtualTime.this) {
        if (fired || monotonic >= deadline) {
          return fired;
        }
        Long mine = deadline;
        deadlines.add(mine);
        waiting++;
        VirtualTime.this.notifyAll();
        try {
          while (!fired && monotonic < deadline) {
            VirtualTime.this.wait();
          }
          return fired;
        } finally {
          deadlines.remove(mine);
          waiting--;
          VirtualTime.this.notifyAll();
        }
      }
    }
  }
}
