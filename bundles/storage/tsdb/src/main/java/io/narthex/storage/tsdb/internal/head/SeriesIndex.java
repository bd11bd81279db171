package io.narthex.storage.tsdb.internal.head;

import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.memory.HashIndex;
import io.narthex.storage.tsdb.internal.memory.Pages;
import io.narthex.storage.tsdb.internal.memory.Runs;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Finds series by their labels, and the labels of a series. A label set is a run of pairs, sorted
 * by name, of 4 bytes each. Any thread finds and reads without a lock; who makes a series holds the
 * lock that the head keeps for it.
 */
final class SeriesIndex implements AutoCloseable {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

  final SymbolTable symbols = new SymbolTable();
  final LabelNameTable names = new LabelNameTable();
  final LabelPairs pairs = new LabelPairs();
  final Postings postings = new Postings(pairs.rows());
  final SeriesRows rows;

  /** count(4) pair(4)*. */
  private final Runs memory = new Runs();

  private final Pages runs = memory.pages();

  private final HashIndex index = new HashIndex();

  SeriesIndex(SeriesRows rows) {
    this.rows = rows;
  }

  /**
   * The row of the series, -1 if there is none. Fills in what pairs it finds, -1 for others.
   *
   * @param before whether pairs that were kept are taken without looking: they may have been
   *     removed since, so that what is found is to be checked, and what is not, looked up again
   */
  int find(LabelBytes labels, boolean before) {
    boolean all = true;
    labels.beginPairs();
    for (int i = 0; i < labels.size; i++) {
      int pair = before ? labels.pairOfBefore(i) : -1;
      if (pair < 0) {
        pair = pair(labels, i);
        all &= pair >= 0;
      }
      labels.pairs[i] = pair;
    }
    return all ? findRun(labels, hash(labels)) : -1;
  }

  private int pair(LabelBytes labels, int i) {
    LabelName name = names.find(labels.bytes, labels.start(2 * i), labels.length(2 * i));
    if (name == null) {
      return -1;
    }
    int symbol = symbols.find(labels.bytes, labels.start(2 * i + 1), labels.length(2 * i + 1));
    return symbol < 0 ? -1 : pairs.find(name.index, symbol);
  }

  private int findRun(LabelBytes labels, int hash) {
    long[] slots = index.slots();
    for (int i = HashIndex.first(slots, hash); ; i = HashIndex.next(slots, i)) {
      long e = HashIndex.get(slots, i);
      if (e == 0) {
        return -1;
      }
      if (HashIndex.hash(e) == hash && isRun(HashIndex.id(e), labels)) {
        return HashIndex.id(e);
      }
    }
  }

  private static int hash(LabelBytes labels) {
    long h = labels.size;
    for (int i = 0; i < labels.size; i++) {
      h = (h ^ labels.pairs[i]) * 0x9E3779B97F4A7C15L;
      h ^= h >>> 29;
    }
    return (int) (h ^ (h >>> 32));
  }

  private boolean isRun(int row, LabelBytes labels) {
    long at = run(row);
    MemorySegment page = runs.segment(at);
    long o = Pages.offset(at);
    if (page.get(INT, o) != labels.size) {
      return false;
    }
    for (int i = 0; i < labels.size; i++) {
      if (page.get(INT, o + 4 + 4L * i) != labels.pairs[i]) {
        return false;
      }
    }
    return true;
  }

  /** Makes a series that {@link #find} has just not found, under the lock, with what it found. */
  int add(LabelBytes labels, long ref) {
    for (int i = 0; i < labels.size; i++) {
      int nameLength = labels.length(2 * i);
      int valueLength = labels.length(2 * i + 1);
      LabelName name;
      if (labels.pairs[i] >= 0) {
        name = names.get(pairs.name(labels.pairs[i]));
      } else {
        name = names.intern(labels.bytes, labels.start(2 * i), nameLength);
        int symbol = symbols.intern(labels.bytes, labels.start(2 * i + 1), valueLength);
        labels.pairs[i] = pairs.intern(name, symbol);
      }
      name.addMemory(nameLength + valueLength);
    }
    int run = memory.allocate(4 + 4 * labels.size);
    long at = Runs.address(run);
    MemorySegment page = runs.segment(at);
    long o = Pages.offset(at);
    page.set(INT, o, labels.size);
    for (int i = 0; i < labels.size; i++) {
      page.set(INT, o + 4 + 4L * i, labels.pairs[i]);
    }
    int row = rows.allocate();
    // Who finds the series in the postings must find its row complete.
    rows.publish(row, run, ref);
    for (int i = 0; i < labels.size; i++) {
      postings.add(labels.pairs[i], row);
    }
    index.add(hash(labels), row);
    return row;
  }

  /** Lets series not be found by their labels any more. */
  void remove(RowSet removed) {
    index.remove(removed::has);
  }

  /** Gives the label sets of rows, and the rows, to series that are made from now on. */
  void release(int[] removed) {
    for (int row : removed) {
      memory.release(rows.labels(row), 4 + 4 * labelCount(row));
    }
    rows.release(removed);
  }

  private long run(int row) {
    return (rows.labels(row) & 0xFFFF_FFFFL) << 2;
  }

  int labelCount(int row) {
    long at = run(row);
    return runs.segment(at).get(INT, Pages.offset(at));
  }

  int pair(int row, int i) {
    long at = run(row);
    return runs.segment(at).get(INT, Pages.offset(at) + 4 + 4L * i);
  }

  /** The pair of the series with this label name, -1 if it has none. */
  int pairOf(int row, int name) {
    long at = run(row);
    MemorySegment page = runs.segment(at);
    long o = Pages.offset(at);
    int n = page.get(INT, o);
    for (int i = 1; i <= n; i++) {
      int pair = page.get(INT, o + 4L * i);
      if (pairs.name(pair) == name) {
        return pair;
      }
    }
    return -1;
  }

  String value(int pair) {
    return symbols.get(pairs.symbol(pair));
  }

  /** The labels of a series; strings come out of the cache where it has them. */
  Labels labels(int row, @Nullable SymbolCache cache) {
    int n = labelCount(row);
    String[] flat = new String[n * 2];
    for (int i = 0; i < n; i++) {
      int pair = pair(row, i);
      int symbol = pairs.symbol(pair);
      flat[2 * i] = names.get(pairs.name(pair)).text;
      flat[2 * i + 1] = cache == null ? symbols.get(symbol) : cache.get(symbols, symbol);
    }
    return Labels.ofSorted(flat);
  }

  /** Compares the labels of two series in the order of sorted answers. */
  int compare(int rowA, int rowB) {
    int na = labelCount(rowA);
    int nb = labelCount(rowB);
    int n = Math.min(na, nb);
    for (int i = 0; i < n; i++) {
      int a = pair(rowA, i);
      int b = pair(rowB, i);
      if (a != b) {
        LabelName nameA = names.get(pairs.name(a));
        LabelName nameB = names.get(pairs.name(b));
        if (nameA != nameB) {
          return java.util.Arrays.compareUnsigned(nameA.utf8, nameB.utf8);
        }
        return symbols.compare(pairs.symbol(a), pairs.symbol(b));
      }
    }
    return na - nb;
  }

  long allocated() {
    return symbols.allocated()
        + pairs.allocated()
        + postings.allocated()
        + runs.allocated()
        + index.bytes();
  }

  @Override
  public void close() {
    symbols.close();
    pairs.close();
    postings.close();
    memory.close();
  }
}
