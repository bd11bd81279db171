package io.narthex.storage.tsdb.internal.head;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Puts replayed samples into the head, in the order in which they come, on a thread of its own:
 * while it does, the next ones are decoded and their series made. A few columns go round between
 * the two.
 */
final class ReplayApplier implements AutoCloseable {

  private static final int COLUMNS = 4;
  private static final int SIZE = 1 << 14;

  /** Samples of any series: floats as bits, or histograms. */
  private static final class Columns {
    final int[] rows = new int[SIZE];
    final long[] times = new long[SIZE];
    final long[] bits = new long[SIZE];
    @Nullable Object @Nullable [] histograms;
    int size;
    boolean end;
  }

  private final Head head;
  private final ArrayBlockingQueue<Columns> full = new ArrayBlockingQueue<>(COLUMNS);
  private final ArrayBlockingQueue<Columns> free = new ArrayBlockingQueue<>(COLUMNS);
  private final Thread thread;
  private Columns filling = new Columns();
  private volatile @Nullable Throwable failure;
  private boolean ended;

  ReplayApplier(Head head) {
    this.head = head;
    for (int i = 1; i < COLUMNS; i++) {
      free.add(new Columns());
    }
    thread = Thread.ofPlatform().daemon().name("tsdb wal apply").start(this::run);
  }

  void add(int row, long t, long bits) {
    Columns c = filling;
    int n = c.size;
    c.rows[n] = row;
    c.times[n] = t;
    c.bits[n] = bits;
    c.size = n + 1;
    if (n + 1 == SIZE) {
      handOver();
    }
  }

  /**
   * @param histogram a Histogram or a FloatHistogram
   */
  void add(int row, long t, Object histogram) {
    Columns c = filling;
    @Nullable Object[] histograms = c.histograms;
    if (histograms == null) {
      histograms = new Object[SIZE];
      c.histograms = histograms;
    }
    histograms[c.size] = histogram;
    add(row, t, 0L);
  }

  private void handOver() {
    try {
      full.put(filling);
      filling = free.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new java.util.concurrent.CancellationException("WAL replay was interrupted");
    }
  }

  private void run() {
    try {
      while (true) {
        Columns c = full.take();
        if (failure == null) {
          try {
            apply(c);
          } catch (RuntimeException | Error e) {
            // Told when the replay ends; what comes until then is passed over.
            failure = e;
          }
        }
        boolean end = c.end;
        c.size = 0;
        c.histograms = null;
        free.add(c);
        if (end) {
          return;
        }
      }
    } catch (InterruptedException e) {
      // Given up.
      return;
    }
  }

  private void apply(Columns c) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    @Nullable Object[] histograms = c.histograms;
    for (int i = 0; i < c.size; i++) {
      long t = c.times[i];
      Object histogram = histograms == null ? null : histograms[i];
      boolean applied =
          histogram == null
              ? head.applyFloat(c.rows[i], t, c.bits[i], false)
              : head.applyHistogram(c.rows[i], t, histogram, false);
      if (applied) {
        min = Math.min(min, t);
        max = Math.max(max, t);
      }
    }
    if (min <= max) {
      head.extend(min, max);
    }
  }

  /** Waits until all samples are in the head. */
  void finish() {
    filling.end = true;
    handOver();
    ended = true;
    join();
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("a replayed sample could not be applied: " + cause, cause);
    }
  }

  private void join() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        // The head must not be changed any more when this returns.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives up, unless all is done. */
  @Override
  public void close() {
    if (!ended) {
      ended = true;
      thread.interrupt();
      join();
    }
  }
}
