package io.narthex.storage.tsdb.internal;

import io.narthex.api.storage.StorageMaintenance.Run;
import io.narthex.api.storage.StorageMaintenance.Task;
import io.narthex.storage.tsdb.internal.compact.Progress;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Notes what maintenance does and did, for who watches it. Tasks do not nest. */
final class TaskRecorder {

  private static final int KEPT = 50;

  private final InstantSource clock;
  private final Progress progress;
  private final Deque<Run> recent = new ArrayDeque<>();
  private volatile @Nullable Task begun;

  TaskRecorder(InstantSource clock, Progress progress) {
    this.clock = clock;
    this.progress = progress;
  }

  /** A piece of work, with something to give. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException, InterruptedException;
  }

  <T> T run(String what, Work<T> work) throws IOException, InterruptedException {
    Instant start = clock.instant();
    progress.begin();
    begun = new Task(what, start, 0);
    String error = "ended unexpectedly";
    try {
      T result = work.run();
      error = null;
      return result;
    } catch (IOException | InterruptedException | RuntimeException e) {
      error = String.valueOf(e.getMessage());
      throw e;
    } finally {
      begun = null;
      add(new Run(what, start, Duration.between(start, clock.instant()), error));
    }
  }

  private synchronized void add(Run run) {
    recent.addFirst(run);
    if (recent.size() > KEPT) {
      recent.removeLast();
    }
  }

  /** What is being done, null for nothing. */
  @Nullable Task current() {
    Task task = begun;
    return task == null ? null : new Task(task.what(), task.since(), progress.seriesDone());
  }

  /** The newest first. */
  synchronized List<Run> recent() {
    return List.copyOf(recent);
  }
}
