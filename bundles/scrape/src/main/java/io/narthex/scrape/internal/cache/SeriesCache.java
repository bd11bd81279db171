package io.narthex.scrape.internal.cache;

import io.narthex.api.exposition.ExpositionReader;
import io.narthex.model.XxHash64;
import java.util.Arrays;

/**
 * The series of one target: from the bytes of a series' text to its reference in the storage, and
 * in which scrape it was last there. Entries are rows of primitive arrays over one arena of text,
 * so that a known series costs no allocation and no object.
 *
 * <p>Targets send their series in the same order again and again; the cache remembers it, and
 * {@link #predict} tells the reader which one comes next. Only where the guess is wrong the text is
 * hashed.
 *
 * <p>A scrape is an iteration that {@link #finish} ends. Used by one thread at a time.
 */
public final class SeriesCache {

  /** No entry. */
  public static final int NONE = -1;

  private static final long DROPPED = -1;
  private static final long GONE = -2;
  private static final int SMALLEST = 16;

  private byte[] keys = new byte[0];
  private int keysEnd;

  /** Rows in use, those of removed entries among them. */
  private int rows;

  private int[] offsets = new int[0];
  private int[] lengths = new int[0];
  private int[] hashes = new int[0];
  private long[] refs = new long[0];
  private int[] seenAt = new int[0];
  private int[] trackedAt = new int[0];

  /** Where the entry stood in the last iteration's order. */
  private int[] positions = new int[0];

  /** Row + 1 by hash, 0 where free; linear probing. */
  private int[] slots = new int[0];

  private int live;
  private int liveBytes;

  private int[] order = new int[0];
  private int orderSize;
  private int[] nextOrder = new int[0];
  private int nextSize;
  private int cursor;

  /** Starts high enough above the zeros of fresh rows. */
  private int iteration = 2;

  private int seen;
  private int tracked;
  private int trackedBefore;
  private int trackedAgain;
  private int countAtSuccess;

  /** Takes the references of series that have ended. */
  @FunctionalInterface
  public interface StaleSink {
    /** False ends the enumeration. */
    boolean mark(long ref);
  }

  /** Tells the reader which series probably comes next. */
  public void predict(ExpositionReader reader) {
    if (cursor < orderSize) {
      int row = order[cursor];
      reader.expect(keys, offsets[row], lengths[row]);
    }
  }

  /** The entry of the series the reader stands at, or {@link #NONE}. */
  public int find(ExpositionReader reader) {
    if (reader.asExpected()) {
      return order[cursor++];
    }
    int row = find(reader.seriesBytes(), reader.seriesOffset(), reader.seriesLength());
    if (row >= 0) {
      cursor = positions[row] + 1;
    }
    return row;
  }

  /** The entry with that text, or {@link #NONE}. */
  public int find(byte[] text, int offset, int length) {
    if (live == 0) {
      return NONE;
    }
    int hash = hash(text, offset, length);
    int mask = slots.length - 1;
    for (int s = hash & mask; slots[s] != 0; s = (s + 1) & mask) {
      int row = slots[s] - 1;
      if (hashes[row] == hash
          && lengths[row] == length
          && Arrays.equals(
              keys, offsets[row], offsets[row] + length, text, offset, offset + length)) {
        return row;
      }
    }
    return NONE;
  }

  private static int hash(byte[] text, int offset, int length) {
    long h = XxHash64.hash(text, offset, length, 0);
    return (int) (h ^ (h >>> 32));
  }

  /** Adds the series the reader stands at as seen in this iteration. */
  public int add(ExpositionReader reader, long ref) {
    return add(reader.seriesBytes(), reader.seriesOffset(), reader.seriesLength(), ref);
  }

  /** Remembers that the series the reader stands at is dropped by relabelling. */
  public void addDropped(ExpositionReader reader) {
    add(reader, DROPPED);
  }

  private int add(byte[] text, int offset, int length, long ref) {
    ensureRow();
    ensureKeys(length);
    int row = rows++;
    System.arraycopy(text, offset, keys, keysEnd, length);
    offsets[row] = keysEnd;
    lengths[row] = length;
    hashes[row] = hash(text, offset, length);
    refs[row] = ref;
    trackedAt[row] = 0;
    keysEnd += length;
    liveBytes += length;
    live++;
    if (live * 2 > slots.length) {
      rehash(Math.max(SMALLEST, slots.length * 2));
    } else {
      link(row);
    }
    seen++;
    seenAt[row] = iteration;
    remember(row);
    return row;
  }

  /** Remembers that a known series is dropped by relabelling now. */
  public void drop(int entry) {
    refs[entry] = DROPPED;
  }

  public boolean isDropped(int entry) {
    return refs[entry] == DROPPED;
  }

  public long ref(int entry) {
    return refs[entry];
  }

  /** The storage knows the series by another reference now. */
  public void setRef(int entry, long ref) {
    refs[entry] = ref;
  }

  /** Notes that the entry is there in this iteration; whether it was already. */
  public boolean see(int entry) {
    remember(entry);
    if (seenAt[entry] == iteration) {
      return true;
    }
    seenAt[entry] = iteration;
    seen++;
    return false;
  }

  /** Notes that the series is to be marked as ended when it is missing in the next iteration. */
  public void track(int entry) {
    int before = trackedAt[entry];
    if (before != iteration) {
      trackedAt[entry] = iteration;
      tracked++;
      if (before == iteration - 1) {
        trackedAgain++;
      }
    }
  }

  /** Hands over the references that were tracked in the last iteration and are not in this one. */
  public void forEachStale(StaleSink sink) {
    if (trackedAgain == trackedBefore) {
      return;
    }
    LongSet now = new LongSet(tracked + trackedBefore);
    for (int row = 0; row < rows; row++) {
      if (trackedAt[row] == iteration) {
        now.add(refs[row]);
      }
    }
    for (int row = 0; row < rows; row++) {
      // Two texts may name one series; it has ended only if all of them are gone.
      if (trackedAt[row] == iteration - 1 && refs[row] > 0 && now.add(refs[row])) {
        if (!sink.mark(refs[row])) {
          return;
        }
      }
    }
  }

  /**
   * Ends the iteration.
   *
   * @param flush forget what was not seen in it
   * @param others entries of the target that are kept elsewhere, for the limit on growth
   * @return whether it had to be flushed because failing scrapes made it grow
   */
  public boolean finish(boolean flush, int others) {
    int count = live + others;
    boolean forced = false;
    if (flush) {
      countAtSuccess = count;
    } else {
      forced = count > countAtSuccess * 2L + 1000;
    }
    int[] swap = order;
    order = nextOrder;
    orderSize = nextSize;
    nextOrder = swap;
    nextSize = 0;
    cursor = 0;
    if ((flush || forced) && seen != live) {
      removeUnseen();
    }
    trackedBefore = tracked;
    tracked = 0;
    trackedAgain = 0;
    seen = 0;
    iteration++;
    return forced;
  }

  /** The number of entries, the dropped ones among them. */
  public int size() {
    return live;
  }

  private void remember(int row) {
    if (nextSize == nextOrder.length) {
      nextOrder = Arrays.copyOf(nextOrder, Math.max(SMALLEST, grown(nextSize)));
    }
    positions[row] = nextSize;
    nextOrder[nextSize++] = row;
  }

  private void removeUnseen() {
    for (int row = 0; row < rows; row++) {
      if (refs[row] != GONE && seenAt[row] != iteration) {
        unlink(row);
        refs[row] = GONE;
        trackedAt[row] = 0;
        live--;
        liveBytes -= lengths[row];
      }
    }
    if (keysEnd - liveBytes > liveBytes + 4096 || rows - live > live + 64) {
      compact();
    }
  }

  /** Moves the rows and texts that are left together, in arrays of fitting size. */
  private void compact() {
    int[] moved = new int[rows];
    byte[] newKeys = new byte[liveBytes];
    int end = 0;
    int n = 0;
    for (int row = 0; row < rows; row++) {
      moved[row] = n;
      if (refs[row] != GONE) {
        System.arraycopy(keys, offsets[row], newKeys, end, lengths[row]);
        offsets[n] = end;
        end += lengths[row];
        lengths[n] = lengths[row];
        hashes[n] = hashes[row];
        refs[n] = refs[row];
        seenAt[n] = seenAt[row];
        trackedAt[n] = trackedAt[row];
        positions[n] = positions[row];
        n++;
      }
    }
    keys = newKeys;
    keysEnd = end;
    rows = n;
    resizeRows(Math.max(SMALLEST, n));
    for (int i = 0; i < orderSize; i++) {
      order[i] = moved[order[i]];
    }
    int wanted = SMALLEST;
    while (wanted < live * 2L) {
      wanted *= 2;
    }
    rehash(wanted);
  }

  private void ensureRow() {
    if (rows == refs.length) {
      resizeRows(Math.max(SMALLEST, grown(rows)));
    }
  }

  private void resizeRows(int n) {
    offsets = Arrays.copyOf(offsets, n);
    lengths = Arrays.copyOf(lengths, n);
    hashes = Arrays.copyOf(hashes, n);
    refs = Arrays.copyOf(refs, n);
    seenAt = Arrays.copyOf(seenAt, n);
    trackedAt = Arrays.copyOf(trackedAt, n);
    positions = Arrays.copyOf(positions, n);
  }

  private void ensureKeys(int length) {
    if (keysEnd > keys.length - length) {
      long needed = (long) keysEnd + length;
      if (needed > Integer.MAX_VALUE - 16) {
        throw new CacheFullException();
      }
      keys = Arrays.copyOf(keys, (int) Math.max(needed, Math.max(256, grown(keysEnd))));
    }
  }

  private static int grown(int n) {
    return (int) Math.min(Integer.MAX_VALUE - 16L, n + (n >> 1) + 1L);
  }

  private void rehash(int size) {
    slots = new int[size];
    for (int row = 0; row < rows; row++) {
      if (refs[row] != GONE) {
        link(row);
      }
    }
  }

  private void link(int row) {
    int mask = slots.length - 1;
    int s = hashes[row] & mask;
    while (slots[s] != 0) {
      s = (s + 1) & mask;
    }
    slots[s] = row + 1;
  }

  /** Takes the row out and moves later ones of its run up, so that no mark is left behind. */
  private void unlink(int row) {
    int mask = slots.length - 1;
    int hole = hashes[row] & mask;
    while (slots[hole] != row + 1) {
      hole = (hole + 1) & mask;
    }
    for (int s = (hole + 1) & mask; slots[s] != 0; s = (s + 1) & mask) {
      int home = hashes[slots[s] - 1] & mask;
      if (((s - home) & mask) >= ((s - hole) & mask)) {
        slots[hole] = slots[s];
        hole = s;
      }
    }
    slots[hole] = 0;
  }

  /** More series text than an array can hold. */
  public static final class CacheFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheFullException() {
      super("the target exposes more than 2 GiB of series names and labels");
    }
  }
}
