package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.chunk.HistogramChunk;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The open chunks of series of histograms, which are objects: their state has no fixed size. A row
 * names its chunk by a number from 1 on. Changed by the thread that applies commits; others look
 * under the lock of the series' row.
 */
final class OpenHistograms {

  private volatile @Nullable OpenHistogram[] chunks = new OpenHistogram[16];
  private int[] free = new int[16];
  private int freeCount;
  private int used;
  private volatile int count;

  /** An open chunk and the newest sample in it. */
  static final class OpenHistogram {
    HistogramChunk chunk;

    /** A Histogram or a FloatHistogram, as it was appended. */
    Object last;

    OpenHistogram(HistogramChunk chunk, Object last) {
      this.chunk = chunk;
      this.last = last;
    }
  }

  /** The open chunk, null if the number is of none any more. */
  @Nullable OpenHistogram get(int number) {
    @Nullable OpenHistogram[] all = chunks;
    return number > 0 && number <= all.length ? all[number - 1] : null;
  }

  int add(OpenHistogram chunk) {
    int slot = freeCount > 0 ? free[--freeCount] : used++;
    @Nullable OpenHistogram[] all = chunks;
    if (slot == all.length) {
      all = Arrays.copyOf(all, slot * 2);
    }
    all[slot] = chunk;
    chunks = all;
    int n = count + 1;
    count = n;
    return slot + 1;
  }

  void remove(int number) {
    chunks[number - 1] = null;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, freeCount * 2);
    }
    free[freeCount++] = number - 1;
    int n = count - 1;
    count = n;
  }

  int count() {
    return count;
  }
}
