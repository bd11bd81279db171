package io.narthex.storage.tsdb.internal.ooo;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The series that have out-of-order samples, by their rows: series without any have no part in it.
 * One thread at a time changes it; any thread looks up, without a lock.
 */
public final class OutOfOrderTable {

  private static final VarHandle SLOTS =
      MethodHandles.arrayElementVarHandle(OutOfOrderSeries[].class);
  private static final @Nullable OutOfOrderSeries[] EMPTY = new OutOfOrderSeries[1];

  /** A power of two; at most half of it is used, and nothing of {@link #EMPTY}. */
  private volatile @Nullable OutOfOrderSeries[] slots = EMPTY;

  private volatile int count;

  public int count() {
    return count;
  }

  /** The series of the row, null if it has no out-of-order samples. */
  public @Nullable OutOfOrderSeries find(int row) {
    if (count == 0) {
      return null;
    }
    @Nullable OutOfOrderSeries[] all = slots;
    for (int i = first(all, row); ; i = i + 1 & all.length - 1) {
      OutOfOrderSeries s = (OutOfOrderSeries) SLOTS.getAcquire(all, i);
      if (s == null || s.row == row) {
        return s;
      }
    }
  }

  OutOfOrderSeries make(int row) {
    OutOfOrderSeries there = find(row);
    if (there != null) {
      return there;
    }
    @Nullable OutOfOrderSeries[] all = slots;
    if ((count + 1) * 2 > all.length) {
      @Nullable OutOfOrderSeries[] larger = new OutOfOrderSeries[Math.max(64, all.length * 2)];
      for (OutOfOrderSeries s : all) {
        if (s != null) {
          put(larger, s);
        }
      }
      all = larger;
    }
    OutOfOrderSeries made = new OutOfOrderSeries(row);
    put(all, made);
    slots = all;
    int n = count + 1;
    count = n;
    return made;
  }

  private static void put(@Nullable OutOfOrderSeries[] all, OutOfOrderSeries s) {
    int i = first(all, s.row);
    while (all[i] != null) {
      i = i + 1 & all.length - 1;
    }
    SLOTS.setRelease(all, i, s);
  }

  private static int first(@Nullable OutOfOrderSeries[] all, int row) {
    int h = row * 0x9E3779B1;
    return (h ^ h >>> 15) & all.length - 1;
  }

  /** Visits all, in no order. */
  public void forEach(Consumer<OutOfOrderSeries> visitor) {
    for (OutOfOrderSeries s : slots) {
      if (s != null) {
        visitor.accept(s);
      }
    }
  }

  /** Takes out the series for which this holds. */
  void removeIf(Predicate<OutOfOrderSeries> gone) {
    @Nullable OutOfOrderSeries[] all = slots;
    @Nullable OutOfOrderSeries[] kept = new OutOfOrderSeries[all.length];
    int n = 0;
    for (OutOfOrderSeries s : all) {
      if (s != null && !gone.test(s)) {
        put(kept, s);
        n++;
      }
    }
    slots = n == 0 ? EMPTY : kept;
    count = n;
  }
}
