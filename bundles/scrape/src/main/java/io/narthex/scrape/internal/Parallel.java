package io.narthex.scrape.internal;

import io.narthex.scrape.internal.loop.VirtualThreads;
import java.util.ArrayList;
import java.util.List;

/** Runs several things at once, each on a virtual thread, and waits for all of them. */
final class Parallel {

  private Parallel() {}

  /** Something that may wait. */
  @FunctionalInterface
  interface Task {
    void run() throws InterruptedException;
  }

  static void run(String name, List<? extends Task> tasks) throws InterruptedException {
    if (tasks.size() == 1) {
      tasks.get(0).run();
      return;
    }
    List<Thread> threads = new ArrayList<>(tasks.size());
    for (Task task : tasks) {
      threads.add(
          VirtualThreads.start(
              name,
              () -> {
                try {
                  task.run();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread t : threads) {
      t.join();
    }
  }
}
