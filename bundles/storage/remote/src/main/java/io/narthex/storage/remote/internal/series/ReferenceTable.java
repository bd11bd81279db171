package io.narthex.storage.remote.internal.series;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * One segment of {@link SeriesReferences}: an open hash table of three longs an entry: both hashes,
 * and the reference with a mark in its sign bit once somebody has asked for it.
 *
 * <p>Writers take the table's monitor, write an entry's first hash last, and never move an entry
 * within an array: a reader sees whole entries. That a mark or a reference may be lost to a race
 * does no harm: a reference that is out of date is refused by the storage.
 */
final class ReferenceTable {

  /** What was not asked for in this time is forgotten when the segment is full. */
  static final long KEPT_MILLIS = 10 * 60 * 1000;

  private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long ASKED = Long.MIN_VALUE;
  private static final int SMALLEST = 16;

  private final int maxEntries;
  private volatile long[] table = new long[SMALLEST * 3];
  private volatile int used;
  private long sweptAt = Long.MIN_VALUE;

  ReferenceTable(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  long find(long a, long b) {
    long[] t = table;
    int i = home(a, t);
    while (true) {
      long found = (long) LONGS.getAcquire(t, i);
      if (found == 0) {
        return 0;
      }
      if (found == a && t[i + 1] == b) {
        long reference = (long) LONGS.getOpaque(t, i + 2);
        if (reference >= 0) {
          LONGS.setOpaque(t, i + 2, reference | ASKED);
        }
        return reference & ~ASKED;
      }
      i += 3;
      if (i == t.length) {
        i = 0;
      }
    }
  }

  synchronized void put(long a, long b, long reference, long now) {
    if (sweptAt == Long.MIN_VALUE) {
      sweptAt = now;
    }
    long[] t = table;
    int i = slot(t, a, b);
    if (t[i] != 0) {
      LONGS.setOpaque(t, i + 2, reference | ASKED);
      return;
    }
    if ((used + 1) * 4L > t.length / 3 * 3L) {
      t = makeRoom(now);
      i = slot(t, a, b);
    }
    t[i + 1] = b;
    t[i + 2] = reference | ASKED;
    LONGS.setRelease(t, i, a);
    table = t;
    used++;
  }

  int size() {
    return used;
  }

  /** A table with room for one more, which is not yet the one in use. */
  private long[] makeRoom(long now) {
    long[] old = table;
    boolean full = used + (used >> 1) > maxEntries;
    boolean sweep = full || now - sweptAt >= KEPT_MILLIS;
    int kept = sweep ? count(old) : used;
    if (full && kept + (kept >> 1) > maxEntries) {
      kept = 0;
    }
    // Twice what is left, so that the next growth is half as much away.
    int entries = Math.max(SMALLEST, kept * 2);
    long[] next = new long[entries * 3];
    if (kept > 0) {
      copy(old, next, sweep);
    }
    if (sweep) {
      sweptAt = now;
    }
    used = kept == 0 ? 0 : countAll(next);
    return next;
  }

  private static void copy(long[] from, long[] to, boolean sweep) {
    for (int i = 0; i < from.length; i += 3) {
      if (from[i] != 0 && (!sweep || from[i + 2] < 0)) {
        int s = slot(to, from[i], from[i + 1]);
        to[s] = from[i];
        to[s + 1] = from[i + 1];
        to[s + 2] = sweep ? from[i + 2] & ~ASKED : from[i + 2];
      }
    }
  }

  private static int count(long[] t) {
    int n = 0;
    for (int i = 0; i < t.length; i += 3) {
      if (t[i] != 0 && t[i + 2] < 0) {
        n++;
      }
    }
    return n;
  }

  private static int countAll(long[] t) {
    int n = 0;
    for (int i = 0; i < t.length; i += 3) {
      if (t[i] != 0) {
        n++;
      }
    }
    return n;
  }

  /** The index of the entry, or of the free place for it. */
  private static int slot(long[] t, long a, long b) {
    int i = home(a, t);
    while (t[i] != 0 && (t[i] != a || t[i + 1] != b)) {
      i += 3;
      if (i == t.length) {
        i = 0;
      }
    }
    return i;
  }

  private static int home(long a, long[] t) {
    return (int) Math.unsignedMultiplyHigh(a << 3, t.length / 3) * 3;
  }
}
