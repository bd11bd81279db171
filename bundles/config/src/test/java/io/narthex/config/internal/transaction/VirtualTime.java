package io.narthex.config.internal.transaction;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A worker and a clock whose time passes when a test says so. */
public final class VirtualTime implements Later, InstantSource, LongSupplier {

  private record Task(long at, long number, Runnable action) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
  private long millis = 1_000_000;
  private long numbers;

  @Override
  public void run(Runnable task) {
    runAfter(Duration.ZERO, task);
  }

  @Override
  public void runAfter(Duration delay, Runnable task) {
    tasks.add(new Task(millis + delay.toMillis(), numbers++, task));
  }

  /** Lets time pass and runs what is due. */
  public void advance(long by) {
    long end = millis + by;
    while (!tasks.isEmpty() && tasks.peek().at() <= end) {
      Task next = tasks.remove();
      millis = Math.max(millis, next.at());
      next.action().run();
    }
    millis = end;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis);
  }

  @Override
  public long getAsLong() {
    return millis * 1_000_000;
  }
}
