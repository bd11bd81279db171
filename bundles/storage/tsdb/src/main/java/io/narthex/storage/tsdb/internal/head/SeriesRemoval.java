package io.narthex.storage.tsdb.internal.head;

import static io.narthex.storage.tsdb.internal.head.SeriesRows.INT;

import io.narthex.storage.tsdb.internal.memory.IntStack;
import java.lang.foreign.MemorySegment;

/** Takes series out of the index: first themselves, then from the postings, then what is left. */
final class SeriesRemoval {

  private final Head head;
  private final SeriesIndex index;
  private RowSet removed = new RowSet(0);
  private RowSet touched = new RowSet(0);

  SeriesRemoval(Head head) {
    this.head = head;
    this.index = head.index;
  }

  /** Removes those of the rows that are marked and have no samples; the others lose their mark. */
  int[] removeRows(IntStack rows, int segment) {
    head.seriesLock.lock();
    try {
      removed = new RowSet(head.rows.bound());
      touched = new RowSet(index.pairs.bound());
      RowSet unlogged = new RowSet(head.rows.bound());
      for (int row : head.unlogged.toArray()) {
        unlogged.add(row);
      }
      IntStack out = new IntStack();
      for (int i = 0; i < rows.size(); i++) {
        int row = rows.get(i);
        if (head.rows.isDoomed(row)) {
          if (hasSamples(row) || unlogged.has(row)) {
            head.rows.doom(row, false);
          } else {
            removed.add(row);
            out.push(row);
          }
        }
      }
      index.remove(removed);
      long[] refs = new long[out.size()];
      for (int i = 0; i < refs.length; i++) {
        refs[i] = head.rows.ref(out.get(i));
        forget(out.get(i));
      }
      head.expired.add(segment, refs);
      head.counters().seriesRemoved.add(refs.length);
      return out.toArray();
    } finally {
      head.seriesLock.unlock();
    }
  }

  private boolean hasSamples(int row) {
    MemorySegment page = head.rows.page(row);
    long o = SeriesRows.offset(row);
    return page.get(INT, o + SeriesRows.OPEN) != 0
        || page.get(INT, o + SeriesRows.CLOSED) != 0
        || head.outOfOrder.find(row) != null;
  }

  private void forget(int row) {
    for (int i = index.labelCount(row) - 1; i >= 0; i--) {
      int pair = index.pair(row, i);
      touched.add(pair);
      LabelName name = index.names.get(index.pairs.name(pair));
      name.addMemory(-name.utf8.length - index.symbols.length(index.pairs.symbol(pair)));
    }
    head.exemplars.remove(row);
    head.metadata.remove(row);
    head.tombstones.remove(row);
    head.rows.remove(row);
  }

  /**
   * Takes the removed rows out of the postings.
   *
   * @return the pairs that no series has any more, which cannot be found from now on
   */
  int[] removePostings(int slice) {
    int[] pairs = touched.toList(Integer.MAX_VALUE).rows;
    IntStack empty = new IntStack();
    int i = 0;
    while (i < pairs.length) {
      head.seriesLock.lock();
      try {
        for (int work = 0; i < pairs.length && work < slice; i++) {
          work += index.postings.count(pairs[i]);
          if (index.postings.remove(pairs[i], removed) == 0) {
            empty.push(pairs[i]);
          }
        }
      } finally {
        head.seriesLock.unlock();
      }
    }
    return removePairs(empty);
  }

  private int[] removePairs(IntStack empty) {
    if (empty.isEmpty()) {
      return empty.toArray();
    }
    head.seriesLock.lock();
    try {
      RowSet gone = new RowSet(index.pairs.bound());
      RowSet names = new RowSet(index.names.count());
      IntStack out = new IntStack();
      for (int i = 0; i < empty.size(); i++) {
        // A series with it may have been made since.
        if (index.postings.count(empty.get(i)) == 0) {
          gone.add(empty.get(i));
          names.add(index.pairs.name(empty.get(i)));
          out.push(empty.get(i));
        }
      }
      index.pairs.remove(gone);
      RowList affected = names.toList(Integer.MAX_VALUE);
      for (int i = 0; i < affected.size; i++) {
        index.names.get(affected.rows[i]).removePairs(gone);
      }
      return out.toArray();
    } finally {
      head.seriesLock.unlock();
    }
  }

  /** Lets the values of removed pairs that no other pair has not be found any more. */
  int[] removeSymbols(int[] pairs) {
    if (pairs.length == 0) {
      return pairs;
    }
    head.seriesLock.lock();
    try {
      RowSet used = new RowSet(index.symbols.bound());
      index.pairs.forEach(pair -> used.add(index.pairs.symbol(pair)));
      RowSet gone = new RowSet(index.symbols.bound());
      IntStack out = new IntStack();
      for (int pair : pairs) {
        int symbol = index.pairs.symbol(pair);
        if (!used.has(symbol) && !gone.has(symbol)) {
          gone.add(symbol);
          out.push(symbol);
        }
      }
      int[] symbols = out.toArray();
      index.symbols.remove(gone, symbols);
      return symbols;
    } finally {
      head.seriesLock.unlock();
    }
  }
}
