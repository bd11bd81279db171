package io.narthex.api.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The work that the local database does by itself: making blocks of its head, compacting blocks,
 * deleting those that are no longer kept. The service exists while the database is open.
 */
@ProviderType
public interface StorageMaintenance {

  /** What goes on. */
  enum State {
    /** Waits for the next look. */
    IDLE,
    RUNNING,
    /** Nothing begins until {@link #resume}. */
    PAUSED,
    /** Waits for a while after a failure. */
    BACKING_OFF
  }

  /**
   * What is being done.
   *
   * @param what in words
   * @param series that are written so far
   */
  record Task(String what, Instant since, long series) {}

  /**
   * What was done.
   *
   * @param what in words
   * @param error null if it succeeded
   */
  record Run(String what, Instant since, Duration took, @Nullable String error) {}

  /**
   * @param paused whether {@link #pause} was called; a task that runs goes on
   * @param task null unless something runs
   * @param recent the newest first
   */
  record Status(State state, boolean paused, @Nullable Task task, List<Run> recent) {
    public Status {
      recent = List.copyOf(recent);
    }
  }

  Status status();

  /** Lets nothing begin by itself; what runs goes on to its end. */
  void pause();

  void resume();

  /** Looks at once for what there is to do, also while paused. */
  void runNow();
}
