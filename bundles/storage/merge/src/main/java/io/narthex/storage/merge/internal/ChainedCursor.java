package io.narthex.storage.merge.internal;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.StorageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a series one after the other, each in a time range of its own. A part is opened when
 * the one before has ended, and fills the caller's batch itself.
 */
public final class ChainedCursor implements SampleCursor {

  private List<Series> parts = List.of();
  private int next;
  private @Nullable SampleCursor current;
  private @Nullable SampleCursor spare;

  /** Nothing before it is wanted. */
  private long from;

  private ChainedCursor() {}

  /**
   * A cursor over the parts of a series.
   *
   * @param parts by time
   * @param reuse a cursor that is no longer needed, or null
   */
  public static ChainedCursor of(List<Series> parts, @Nullable SampleCursor reuse) {
    ChainedCursor cursor = reuse instanceof ChainedCursor c ? c : new ChainedCursor();
    if (cursor.current != null) {
      cursor.spare = cursor.current;
    }
    cursor.current = null;
    cursor.parts = parts;
    cursor.next = 0;
    cursor.from = Long.MIN_VALUE;
    return cursor;
  }

  @Override
  public boolean next(SampleBatch batch) throws StorageException {
    while (true) {
      SampleCursor c = current;
      if (c != null) {
        if (c.next(batch)) {
          // The next part cannot go back, whatever its source says of its time range.
          from = batch.timestamps[batch.size - 1] + 1;
          return true;
        }
        spare = c;
        current = null;
      }
      if (next == parts.size()) {
        batch.clear();
        return false;
      }
      SampleCursor opened = parts.get(next++).cursor(spare);
      spare = null;
      if (from > Long.MIN_VALUE) {
        opened.seek(from);
      }
      current = opened;
    }
  }

  @Override
  public void seek(long timestamp) throws StorageException {
    from = Math.max(from, timestamp);
    if (current != null) {
      current.seek(timestamp);
    }
  }
}
