package io.narthex.lifecycle.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Timers and a clock that move when the test says so. */
final class FakeTimers implements Timers, InstantSource {
  private record Task(Instant due, long order, Runnable task) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparing(Task::order));
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long order;

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    Task entry = new Task(now.plus(delay), order++, task);
    tasks.add(entry);
    return () -> tasks.remove(entry);
  }

  @Override
  public Instant instant() {
    return now;
  }

  void advance(Duration by) {
    Instant until = now.plus(by);
    while (!tasks.isEmpty() && !tasks.peek().due().isAfter(until)) {
      Task next = tasks.poll();
      now = next.due();
      next.task().run();
    }
    now = until;
  }

  int pending() {
    return tasks.size();
  }
}
