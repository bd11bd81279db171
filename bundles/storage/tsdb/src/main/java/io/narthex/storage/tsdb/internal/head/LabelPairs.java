package io.narthex.storage.tsdb.internal.head;

import io.narthex.storage.tsdb.internal.memory.HashIndex;
import io.narthex.storage.tsdb.internal.memory.IntStack;
import io.narthex.storage.tsdb.internal.memory.Pages;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.IntConsumer;

/**
 * Pairs of a label name and a value, each once, named by ints. One thread at a time interns and
 * removes; any thread finds and reads, without a lock. The layout of a row is in {@link Postings}.
 */
final class LabelPairs implements AutoCloseable {

  private static final long NAME = 4;
  private static final long SYMBOL = 8;
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  private final Pages rows = new Pages();
  private final HashIndex index = new HashIndex();
  private final IntStack free = new IntStack();
  private volatile int count;

  Pages rows() {
    return rows;
  }

  private static int hash(int name, int symbol) {
    int h = name * 0x85EBCA6B + symbol;
    h ^= h >>> 16;
    h *= 0xC2B2AE35;
    return h ^ (h >>> 13);
  }

  /** The pair's id, -1 if it is not there. */
  int find(int name, int symbol) {
    int hash = hash(name, symbol);
    long[] slots = index.slots();
    for (int i = HashIndex.first(slots, hash); ; i = HashIndex.next(slots, i)) {
      long e = HashIndex.get(slots, i);
      if (e == 0) {
        return -1;
      }
      int pair = HashIndex.id(e);
      if (HashIndex.hash(e) == hash && symbol(pair) == symbol && name(pair) == name) {
        return pair;
      }
    }
  }

  int intern(LabelName name, int symbol) {
    int found = find(name.index, symbol);
    if (found >= 0) {
      return found;
    }
    boolean again = !free.isEmpty();
    int id = again ? free.pop() : count;
    long at = (long) id * Postings.ROW_SIZE;
    rows.ensure(at + Postings.ROW_SIZE);
    MemorySegment page = rows.segment(at);
    long o = Pages.offset(at);
    page.set(INT, o + NAME, name.index);
    page.set(INT, o + SYMBOL, symbol);
    if (!again) {
      count = id + 1;
    }
    index.add(hash(name.index, symbol), id);
    name.addPair(id);
    return id;
  }

  int name(int pair) {
    long at = (long) pair * Postings.ROW_SIZE;
    return rows.segment(at).get(INT, Pages.offset(at) + NAME);
  }

  int symbol(int pair) {
    long at = (long) pair * Postings.ROW_SIZE;
    return rows.segment(at).get(INT, Pages.offset(at) + SYMBOL);
  }

  /** Ids are below; those that were removed are among them. */
  int bound() {
    return count;
  }

  /** How many pairs there are. */
  int count() {
    return index.size();
  }

  /** Hands over the ids of all pairs; for who interns. */
  void forEach(IntConsumer ids) {
    index.forEach(ids);
  }

  /** Lets pairs not be found any more; their rows stay as they are. */
  void remove(RowSet removed) {
    index.remove(removed::has);
  }

  /** Gives the ids of removed pairs to pairs that are made from now on. */
  void release(int[] ids) {
    free.pushAll(ids);
  }

  long allocated() {
    return rows.allocated() + index.bytes();
  }

  @Override
  public void close() {
    rows.close();
  }
}
