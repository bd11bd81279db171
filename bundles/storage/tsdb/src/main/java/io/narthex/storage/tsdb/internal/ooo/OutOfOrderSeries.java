package io.narthex.storage.tsdb.internal.ooo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The out-of-order samples of one series: the latest to arrive sorted in arrays, older ones in
 * chunks. One thread at a time changes it; any thread reads.
 */
public final class OutOfOrderSeries {

  private static final int INITIAL = 4;

  final int row;
  private long[] times = new long[INITIAL];
  private long[] bits = new long[INITIAL];
  private long[] commits = new long[INITIAL];
  private @Nullable Object @Nullable [] histograms;
  private int size;

  /** In the order of their making; they may overlap. */
  private OutOfOrderChunk[] chunks = {};

  /** Whether the thread that changes it has put it on the list of those with work to do. */
  boolean touched;

  /** Whether chunks were made since the log was last told. */
  private boolean cutSinceMarker;

  OutOfOrderSeries(int row) {
    this.row = row;
  }

  public int row() {
    return row;
  }

  /** Puts a sample in its place; false if the arrays have one of its time. */
  synchronized boolean insert(long t, long value, @Nullable Object histogram, long commit) {
    int at = size;
    if (size > 0 && t <= times[size - 1]) {
      at = Arrays.binarySearch(times, 0, size, t);
      if (at >= 0) {
        return false;
      }
      at = -at - 1;
    }
    if (size == times.length) {
      grow();
    }
    int behind = size - at;
    System.arraycopy(times, at, times, at + 1, behind);
    System.arraycopy(bits, at, bits, at + 1, behind);
    System.arraycopy(commits, at, commits, at + 1, behind);
    if (histogram != null && histograms == null) {
      histograms = new Object[times.length];
    }
    if (histograms != null) {
      System.arraycopy(histograms, at, histograms, at + 1, behind);
      histograms[at] = histogram;
    }
    times[at] = t;
    bits[at] = value;
    commits[at] = commit;
    size++;
    return true;
  }

  private void grow() {
    int room = size * 2;
    times = Arrays.copyOf(times, room);
    bits = Arrays.copyOf(bits, room);
    commits = Arrays.copyOf(commits, room);
    if (histograms != null) {
      histograms = Arrays.copyOf(histograms, room);
    }
  }

  synchronized int size() {
    return size;
  }

  synchronized boolean wasCut() {
    return cutSinceMarker;
  }

  /**
   * Moves what is in the arrays into chunks.
   *
   * @param limit samples in a chunk at most
   * @param number the number of the first new chunk
   * @return how many chunks there are new
   */
  synchronized int cut(int limit, long number, long oldestReader) {
    List<OutOfOrderChunk> made = new ArrayList<>();
    ChunkCutter.cut(
        times,
        bits,
        histograms,
        size,
        limit,
        (encoding, from, to, data) ->
            made.add(
                new OutOfOrderChunk(
                    encoding,
                    to - from,
                    times[from],
                    times[to - 1],
                    () -> data,
                    0,
                    number + made.size(),
                    Arrays.copyOfRange(commits, from, to))));
    int before = chunks.length;
    OutOfOrderChunk[] all = Arrays.copyOf(chunks, before + made.size());
    for (int i = 0; i < made.size(); i++) {
      all[before + i] = made.get(i);
    }
    chunks = all;
    for (OutOfOrderChunk c : all) {
      c.settle(oldestReader);
    }
    clearArrays();
    cutSinceMarker = true;
    return made.size();
  }

  private void clearArrays() {
    size = 0;
    histograms = null;
    if (times.length > 64) {
      times = new long[INITIAL];
      bits = new long[INITIAL];
      commits = new long[INITIAL];
    }
  }

  /** Adds a chunk that is in a file already. */
  synchronized void add(OutOfOrderChunk chunk) {
    chunks = Arrays.copyOf(chunks, chunks.length + 1);
    chunks[chunks.length - 1] = chunk;
  }

  /** The log has been told of the chunks. */
  synchronized void marked() {
    cutSinceMarker = false;
  }

  /**
   * Forgets all that is not in a file: a marker says that what came until now is in one.
   *
   * @return how many chunks went
   */
  synchronized int keepFilesOnly() {
    clearArrays();
    int n = 0;
    OutOfOrderChunk[] kept = new OutOfOrderChunk[chunks.length];
    for (OutOfOrderChunk c : chunks) {
      if (c.isFile()) {
        kept[n++] = c;
      }
    }
    int gone = chunks.length - n;
    chunks = Arrays.copyOf(kept, n);
    return gone;
  }

  /** Hides chunks up to a number from readers that begin from a commit on. */
  synchronized void retireChunks(long upTo, long commit) {
    for (OutOfOrderChunk c : chunks) {
      if (c.number <= upTo) {
        c.retire(commit);
      }
    }
  }

  /** Forgets chunks that no reader sees any more. */
  synchronized void removeRetired(long oldestReader) {
    int n = 0;
    OutOfOrderChunk[] kept = new OutOfOrderChunk[chunks.length];
    for (OutOfOrderChunk c : chunks) {
      if (c.isVisible(oldestReader)) {
        kept[n++] = c;
      }
    }
    if (n < chunks.length) {
      chunks = Arrays.copyOf(kept, n);
    }
  }

  synchronized boolean isEmpty() {
    return size == 0 && chunks.length == 0;
  }

  /** Puts others in the place of the chunks. */
  synchronized void replaceChunks(OutOfOrderChunk[] others) {
    chunks = others;
  }

  /** The chunks, in the order of their making; the array is shared and never changes. */
  synchronized OutOfOrderChunk[] chunks() {
    return chunks;
  }

  /** Whether there may be a sample in the time range, both ends included. */
  public synchronized boolean overlaps(long from, long to) {
    if (size > 0 && times[0] <= to && times[size - 1] >= from) {
      return true;
    }
    for (OutOfOrderChunk c : chunks) {
      if (c.minTime() <= to && c.maxTime() >= from) {
        return true;
      }
    }
    return false;
  }

  synchronized long minTime() {
    long min = size > 0 ? times[0] : Long.MAX_VALUE;
    for (OutOfOrderChunk c : chunks) {
      if (!c.isRetired()) {
        min = Math.min(min, c.minTime());
      }
    }
    return min;
  }

  synchronized long maxTime() {
    long max = size > 0 ? times[size - 1] : Long.MIN_VALUE;
    for (OutOfOrderChunk c : chunks) {
      if (!c.isRetired()) {
        max = Math.max(max, c.maxTime());
      }
    }
    return max;
  }

  /** The chunks up to a number that are not in blocks. */
  public List<OutOfOrderChunk> chunksUpTo(long number) {
    List<OutOfOrderChunk> out = new ArrayList<>();
    for (OutOfOrderChunk c : chunks()) {
      if (c.number <= number && !c.isRetired()) {
        out.add(c);
      }
    }
    return out;
  }

  /** All samples of {@link #chunksUpTo} from {@code from} to {@code to}, both included. */
  public OutOfOrderSamples readChunks(long from, long to, long number) throws IOException {
    List<OutOfOrderSamples> runs = new ArrayList<>();
    for (OutOfOrderChunk c : chunksUpTo(number)) {
      if (c.minTime() <= to && c.maxTime() >= from) {
        runs.add(c.read(from, to, Long.MAX_VALUE));
      }
    }
    return OutOfOrderSamples.merge(runs);
  }

  /**
   * The samples from {@code from} to {@code to}, both included, that a reader sees; of several with
   * one time the one that came first.
   *
   * @param reader the last commit that it sees
   */
  public OutOfOrderSamples read(long from, long to, long reader) throws IOException {
    List<OutOfOrderSamples> runs = new ArrayList<>();
    OutOfOrderSamples latest = new OutOfOrderSamples(0);
    OutOfOrderChunk[] complete;
    synchronized (this) {
      complete = chunks;
      for (int i = 0; i < size && times[i] <= to; i++) {
        if (times[i] >= from && commits[i] <= reader) {
          latest.add(times[i], bits[i], histograms == null ? null : histograms[i]);
        }
      }
    }
    for (OutOfOrderChunk c : complete) {
      if (c.isVisible(reader) && c.minTime() <= to && c.maxTime() >= from) {
        runs.add(c.read(from, to, reader));
      }
    }
    runs.add(latest);
    return OutOfOrderSamples.merge(runs);
  }
}
