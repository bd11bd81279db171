package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.wal.RecordBatch;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What one appender wants to commit, on its way through {@link Commits}. */
abstract class PendingCommit {

  /** Set once under the commits' lock: what became of it. */
  boolean done;

  @Nullable IOException failure;

  /** What goes to the log. */
  abstract RecordBatch records();

  /**
   * Out-of-order samples for their own log; after {@link #apply} those that turned out to be such
   * there. Null if there are none.
   */
  abstract @Nullable OutOfOrderBatch outOfOrder();

  /** Puts the samples into the head; under the apply lock, after they are in the log. */
  abstract void apply(boolean track);

  /** Puts the out-of-order samples into the head; as {@link #apply}, after their log has them. */
  abstract void applyOutOfOrder();
}
