package io.narthex.lifecycle.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;

/** Threads without threads: the test says when an actor begins, and when it ends. */
final class FakeThreads implements ActorThreads {
  final List<Start> starts = new ArrayList<>();
  final Deque<Runnable> interrupts = new ArrayDeque<>();

  /** Whether interrupts are called at once, as is usual, or wait for the test. */
  boolean interruptAtOnce = true;

  @Override
  public void start(Start start) {
    starts.add(start);
  }

  @Override
  public void interrupt(String name, Runnable interrupt) {
    if (interruptAtOnce) {
      interrupt.run();
    } else {
      interrupts.add(interrupt);
    }
  }

  /** The latest start of an actor. */
  Start of(String name) {
    for (Start start : starts.reversed()) {
      if (start.name().equals(name)) {
        return start;
      }
    }
    throw new NoSuchElementException(name + " was never started");
  }

  long count(String name) {
    return starts.stream().filter(s -> s.name().equals(name)).count();
  }
}
