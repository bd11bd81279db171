package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Exemplar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest exemplars of all series, up to a fixed number; a new one takes the place of the
 * oldest. Those of one series are chained from the newest to the oldest.
 */
public final class ExemplarRing {

  private final @Nullable Exemplar[] ring;
  private final int[] rows;

  /** The slot of the series' next older exemplar, -1 if there is none any more. */
  private final int[] before;

  private final Map<Integer, Integer> newest = new HashMap<>();
  private int next;
  private int count;
  private long lastTime;

  ExemplarRing(int capacity) {
    ring = new Exemplar[Math.max(0, capacity)];
    rows = new int[ring.length];
    before = new int[ring.length];
    Arrays.fill(before, -1);
  }

  public int capacity() {
    return ring.length;
  }

  public synchronized int count() {
    return count;
  }

  public synchronized int seriesCount() {
    return newest.size();
  }

  /** Time of the exemplar that was added last, 0 before the first. */
  public synchronized long lastTime() {
    return lastTime;
  }

  /** The series' newest exemplar, null if none is kept. */
  synchronized @Nullable Exemplar newest(int row) {
    Integer slot = newest.get(row);
    return slot == null ? null : ring[slot];
  }

  synchronized void add(int row, Exemplar exemplar) {
    if (ring.length == 0) {
      return;
    }
    int slot = next;
    next = (next + 1) % ring.length;
    if (ring[slot] == null) {
      count++;
    } else {
      evict(slot);
    }
    ring[slot] = exemplar;
    rows[slot] = row;
    link(row, slot, exemplar.timestamp());
    lastTime = exemplar.timestamp();
  }

  /** Puts an exemplar between those of its series, behind those that are not newer. */
  private void link(int row, int slot, long time) {
    int after = -1;
    int at = newest.getOrDefault(row, -1);
    while (at >= 0 && time(at) > time) {
      after = at;
      at = before[at];
    }
    before[slot] = at;
    if (after < 0) {
      newest.put(row, slot);
    } else {
      before[after] = slot;
    }
  }

  private long time(int slot) {
    Exemplar e = ring[slot];
    return e == null ? Long.MIN_VALUE : e.timestamp();
  }

  /** Forgets the exemplar in a slot. */
  private void evict(int slot) {
    int row = rows[slot];
    int at = newest.getOrDefault(row, -1);
    if (at == slot) {
      if (before[slot] < 0) {
        newest.remove(row);
      } else {
        newest.put(row, before[slot]);
      }
      return;
    }
    while (at >= 0 && before[at] != slot) {
      at = before[at];
    }
    if (at >= 0) {
      before[at] = before[slot];
    }
  }

  /** Forgets the exemplars of a series that is removed. */
  synchronized void remove(int row) {
    Integer slot = newest.remove(row);
    for (int at = slot == null ? -1 : slot; at >= 0; ) {
      int next = before[at];
      ring[at] = null;
      before[at] = -1;
      count--;
      at = next;
    }
  }

  /** The series' exemplars from start to end, by time. */
  synchronized List<Exemplar> select(int row, long start, long end) {
    List<Exemplar> out = new ArrayList<>();
    for (int at = newest.getOrDefault(row, -1); at >= 0; at = before[at]) {
      Exemplar e = ring[at];
      if (e != null && e.timestamp() >= start && e.timestamp() <= end) {
        out.addFirst(e);
      }
    }
    return out;
  }

  synchronized boolean has(int row) {
    return newest.containsKey(row);
  }
}
