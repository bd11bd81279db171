package io.narthex.storage.tsdb.internal.head;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * References of series that are no longer in the head, though the log may still have samples of
 * them: checkpoints keep their series records as long as that is so.
 */
public final class ExpiredSeries {

  /** References, ascending, whose last samples are in this segment or before. */
  private record Batch(int segment, long[] refs) {}

  private final List<Batch> batches = new ArrayList<>();

  /** Notes references whose last samples are in a segment or before. */
  synchronized void add(int segment, long[] refs) {
    if (refs.length > 0) {
      Arrays.sort(refs);
      batches.add(new Batch(segment, refs));
    }
  }

  /** Whether segments behind the given one may have samples of a reference. */
  public synchronized boolean isNeeded(long ref, int segment) {
    for (Batch b : batches) {
      if (b.segment > segment && Arrays.binarySearch(b.refs, ref) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Forgets what is not needed by what is behind a segment. */
  public synchronized void forget(int segment) {
    batches.removeIf(b -> b.segment <= segment);
  }
}
