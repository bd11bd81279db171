package io.narthex.storage.tsdb.internal.ooo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The out-of-order samples of a head: which samples it takes, and where they are. A sample that
 * came too late for the chunk of its series is put into sorted arrays; when these have {@link
 * #CAPACITY} samples, they become chunks.
 *
 * <p>One thread at a time changes it, the one that commits; any thread reads.
 */
public final class OutOfOrder {

  /** Samples of a series that are kept in arrays, and in one chunk. */
  public static final int CAPACITY = 32;

  /** More samples in the arrays than that are not moved about within one commit. */
  private static final int MAX_ARRAY = 4096;

  private final OutOfOrderTable table = new OutOfOrderTable();
  private final List<OutOfOrderSeries> touched = new ArrayList<>();
  public final LongAdder floatsAppended = new LongAdder();
  public final LongAdder histogramsAppended = new LongAdder();
  private volatile long window;
  private volatile long minTime = Long.MAX_VALUE;
  private volatile long maxTime = Long.MIN_VALUE;
  private volatile long chunks;
  private volatile boolean retired;
  private long nextNumber = 1;

  /** Milliseconds that a sample may be older than the head's newest; 0 if none may. */
  public long window() {
    return window;
  }

  public void setWindow(long millis) {
    window = Math.max(0, millis);
  }

  /** The series' out-of-order samples, null if it has none. */
  public @Nullable OutOfOrderSeries find(int row) {
    return table.find(row);
  }

  public boolean isEmpty() {
    return table.count() == 0;
  }

  public OutOfOrderTable table() {
    return table;
  }

  /** Time of the oldest sample, {@link Long#MAX_VALUE} if there is none. */
  public long minTime() {
    return minTime;
  }

  /** Time of the newest sample, {@link Long#MIN_VALUE} if there is none. */
  public long maxTime() {
    return maxTime;
  }

  /** Complete chunks. */
  public long chunkCount() {
    return chunks;
  }

  /**
   * Puts in a sample; {@link #cutTouched} must follow.
   *
   * @param histogram a Histogram or a FloatHistogram, null for a float
   * @param commit that makes it visible
   * @return false if there is a sample of this time among the latest ones, which stays
   */
  public boolean insert(int row, long t, long bits, @Nullable Object histogram, long commit) {
    OutOfOrderSeries series = table.make(row);
    if (!series.touched) {
      series.touched = true;
      touched.add(series);
    }
    if (!series.insert(t, bits, histogram, commit)) {
      return false;
    }
    extend(t, t);
    if (series.size() >= MAX_ARRAY) {
      cut(series, Long.MIN_VALUE);
    }
    return true;
  }

  private void cut(OutOfOrderSeries series, long oldestReader) {
    int made = series.cut(CAPACITY, nextNumber, oldestReader);
    nextNumber += made;
    long n = chunks + made;
    chunks = n;
  }

  private void extend(long from, long to) {
    if (from < minTime) {
      minTime = from;
    }
    if (to > maxTime) {
      maxTime = to;
    }
  }

  /** Whether the series has a chunk that lies in a chunk file under a reference. */
  public boolean hasFileChunk(int row, long ref) {
    OutOfOrderSeries series = table.find(row);
    if (series != null) {
      for (OutOfOrderChunk c : series.chunks()) {
        if (c.isFile(ref)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Forgets of a series all that is not in a chunk file. */
  public void keepFilesOnly(int row) {
    OutOfOrderSeries series = table.find(row);
    if (series != null) {
      long n = chunks - series.keepFilesOnly();
      chunks = n;
    }
  }

  /** Makes chunks of what has become enough for one; returns the series that got chunks. */
  public List<OutOfOrderSeries> cutTouched(long oldestReader) {
    List<OutOfOrderSeries> out = new ArrayList<>();
    for (OutOfOrderSeries s : touched) {
      s.touched = false;
      if (s.size() >= CAPACITY || s.wasCut()) {
        cut(s, oldestReader);
        s.marked();
        out.add(s);
      }
    }
    touched.clear();
    if (retired) {
      removeRetired(oldestReader);
    }
    return out;
  }

  /**
   * Makes chunks of all samples there are.
   *
   * @return the number of the newest chunk
   */
  public long cutAll(long oldestReader) {
    table.forEach(s -> cut(s, oldestReader));
    return nextNumber - 1;
  }

  /** Hides chunks up to a number from readers that see the commit: they find them in blocks. */
  public void retire(long upTo, long commit) {
    long[] range = {Long.MAX_VALUE, Long.MIN_VALUE};
    table.forEach(s -> {
      s.retireChunks(upTo, commit);
      range[0] = Math.min(range[0], s.minTime());
      range[1] = Math.max(range[1], s.maxTime());
    });
    minTime = range[0];
    maxTime = range[1];
    retired = true;
  }

  /** Forgets what no reader sees any more. */
  public void removeRetired(long oldestReader) {
    boolean[] left = new boolean[1];
    long[] count = new long[1];
    table.forEach(s -> {
      s.removeRetired(oldestReader);
      for (OutOfOrderChunk c : s.chunks()) {
        left[0] |= c.isRetired();
        count[0]++;
      }
    });
    table.removeIf(s -> !s.touched && s.isEmpty());
    chunks = count[0];
    retired = left[0];
  }
}
