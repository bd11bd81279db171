package io.narthex.storage.tsdb.internal.head;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * What the newest time of series was before commits. Notes of one series are chained from the
 * newest to the oldest. One thread at a time writes; any thread reads, without a lock.
 */
final class UndoLog {

  private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
  private static final int INITIAL = 256;

  /** Slots hold row + 1; heads, beside them, the index of the row's newest note. */
  private record Table(int[] slots, int[] heads, long[] commits, long[] times, int[] previous) {
    static Table of(int slots) {
      return new Table(
          new int[slots],
          new int[slots],
          new long[slots / 2],
          new long[slots / 2],
          new int[slots / 2]);
    }
  }

  private volatile Table table = Table.of(INITIAL);
  private int rows;
  private int notes;

  int size() {
    return notes;
  }

  void clear() {
    if (notes > 0) {
      table = Table.of(INITIAL);
      rows = 0;
      notes = 0;
    }
  }

  /**
   * Notes a time, if there is a reader that needs the note: one that began after the series' last
   * note.
   */
  void add(int row, long commit, long lastTime, long newestReader) {
    Table t = table;
    int slot = slot(t, row);
    boolean known = t.slots[slot] != 0;
    if (known && t.commits[t.heads[slot]] > newestReader) {
      return;
    }
    if (notes == t.commits.length || (rows + 1) * 2 > t.slots.length) {
      t = grow(t, -1);
      slot = slot(t, row);
    }
    put(t, slot, row, commit, lastTime);
  }

  private void put(Table t, int slot, int row, long commit, long lastTime) {
    boolean known = t.slots[slot] != 0;
    t.commits[notes] = commit;
    t.times[notes] = lastTime;
    t.previous[notes] = known ? t.heads[slot] : -1;
    INTS.setRelease(t.heads, slot, notes++);
    if (!known) {
      INTS.setRelease(t.slots, slot, row + 1);
      rows++;
    }
  }

  /** Forgets notes that no reader from {@code oldestReader} on needs. */
  void prune(long oldestReader) {
    Table unused = grow(table, oldestReader);
    assert unused != null;
  }

  /** A new table with the notes of commits after {@code after}, with room for twice as many. */
  private Table grow(Table old, long after) {
    int kept = 0;
    for (int i = 0; i < notes; i++) {
      if (old.commits[i] > after) {
        kept++;
      }
    }
    int size = Math.max(INITIAL, Integer.highestOneBit(Math.max(1, kept)) * 8);
    Table t = Table.of(size);
    notes = 0;
    rows = 0;
    int[] chain = new int[16];
    for (int s = 0; s < old.slots.length; s++) {
      if (old.slots[s] == 0) {
        continue;
      }
      int n = 0;
      for (int i = old.heads[s]; i >= 0 && old.commits[i] > after; i = old.previous[i]) {
        if (n == chain.length) {
          chain = Arrays.copyOf(chain, n * 2);
        }
        chain[n++] = i;
      }
      int row = old.slots[s] - 1;
      while (n > 0) {
        int i = chain[--n];
        put(t, slot(t, row), row, old.commits[i], old.times[i]);
      }
    }
    table = t;
    return t;
  }

  /**
   * What the newest time of the series was after commit {@code snapshot}, {@link Long#MAX_VALUE} if
   * nothing was added since.
   */
  long lastTimeAt(int row, long snapshot) {
    Table t = table;
    int slot = slot(t, row);
    if ((int) INTS.getAcquire(t.slots, slot) == 0) {
      return Long.MAX_VALUE;
    }
    long time = Long.MAX_VALUE;
    for (int i = (int) INTS.getAcquire(t.heads, slot);
        i >= 0 && t.commits[i] > snapshot;
        i = t.previous[i]) {
      time = t.times[i];
    }
    return time;
  }

  /** The slot that has the row, or the empty one where it belongs. */
  private static int slot(Table t, int row) {
    int mask = t.slots.length - 1;
    int i = ((row * 0x9E3779B1) >>> 7) & mask;
    while (true) {
      int s = (int) INTS.getAcquire(t.slots, i);
      if (s == 0 || s == row + 1) {
        return i;
      }
      i = (i + 1) & mask;
    }
  }
}
