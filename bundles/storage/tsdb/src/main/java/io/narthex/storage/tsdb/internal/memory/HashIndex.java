package io.narthex.storage.tsdb.internal.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;

/**
 * An open-addressing table from hashes to ids; whoever looks up compares what the ids stand for.
 * One thread at a time changes it; any number of threads may look up meanwhile, without a lock:
 * what they miss was added while they looked, and what they find may have been removed.
 *
 * <p>Look-up: {@code long[] s = slots(); for (int i = first(s, hash); ; i = next(s, i)) { long e =
 * get(s, i); if (e == 0) miss; if (hash(e) == hash && matches(id(e))) hit; }}
 */
public final class HashIndex {

  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

  private volatile long[] slots = new long[64];
  private int size;

  public long[] slots() {
    return slots;
  }

  public static int first(long[] slots, int hash) {
    return spread(hash) & (slots.length - 1);
  }

  public static int next(long[] slots, int i) {
    return (i + 1) & (slots.length - 1);
  }

  /** The entry in a slot, 0 if it is empty. */
  public static long get(long[] slots, int i) {
    return (long) SLOTS.getAcquire(slots, i);
  }

  public static int hash(long entry) {
    return (int) (entry >>> 32);
  }

  public static int id(long entry) {
    return (int) entry - 1;
  }

  /** Adds an entry that is not there yet; what the id stands for must be complete. */
  public void add(int hash, int id) {
    if ((size + 1) * 4L > slots.length * 3L) {
      grow();
    }
    insert(slots, ((long) hash << 32) | (id + 1 & 0xFFFF_FFFFL));
    size++;
  }

  /** Removes the entries of ids, by making the table anew. */
  public void remove(IntPredicate ids) {
    long[] old = slots;
    int kept = 0;
    for (long e : old) {
      kept += e != 0 && !ids.test(id(e)) ? 1 : 0;
    }
    int length = 64;
    while ((kept + 1) * 2L > length) {
      length *= 2;
    }
    long[] fewer = new long[length];
    for (long e : old) {
      if (e != 0 && !ids.test(id(e))) {
        insert(fewer, e);
      }
    }
    size = kept;
    slots = fewer;
  }

  /** Hands over all ids, in no order; for the thread that changes the table. */
  public void forEach(IntConsumer ids) {
    for (long e : slots) {
      if (e != 0) {
        ids.accept(id(e));
      }
    }
  }

  public int size() {
    return size;
  }

  public long bytes() {
    return slots.length * 8L;
  }

  private void grow() {
    long[] old = slots;
    if (old.length >= 1 << 30) {
      throw new IllegalStateException("a table of more than " + size + " entries");
    }
    long[] larger = new long[old.length * 2];
    for (long e : old) {
      if (e != 0) {
        insert(larger, e);
      }
    }
    slots = larger;
  }

  private static void insert(long[] slots, long entry) {
    int i = first(slots, hash(entry));
    while (slots[i] != 0) {
      i = next(slots, i);
    }
    SLOTS.setRelease(slots, i, entry);
  }

  private static int spread(int hash) {
    int h = hash * 0x9E3779B1;
    return h ^ (h >>> 15);
  }
}
