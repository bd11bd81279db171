package io.narthex.storage.tsdb.internal.head;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/**
 * The label names and values of some series, each distinct one once, in the order of their bytes.
 * Names and values share their ordinals, as they do in a block.
 *
 * <p>Bytes taken while it is used: 4 a symbol, 8 a pair of the head, beside those of the sort.
 */
final class SymbolOrder {

  private final SeriesIndex index;

  /** By ordinal: the id of a symbol, or the complement of a name's index. */
  private final int[] sorted;

  /** By pair: the ordinal of its name above that of its value. */
  private final long[] ranks;

  SymbolOrder(SeriesIndex index, int[] rows, int count) {
    this.index = index;
    BitSet pairs = new BitSet();
    for (int i = 0; i < count; i++) {
      for (int k = index.labelCount(rows[i]) - 1; k >= 0; k--) {
        pairs.set(index.pair(rows[i], k));
      }
    }
    BitSet values = new BitSet();
    BitSet names = new BitSet();
    for (int p = pairs.nextSetBit(0); p >= 0; p = pairs.nextSetBit(p + 1)) {
      values.set(index.pairs.symbol(p));
      names.set(index.pairs.name(p));
    }
    sorted = new RowSorter(this::compare).sort(entries(values, names));
    int[] ofValue = new int[values.length()];
    int[] ofName = new int[names.length()];
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] >= 0) {
        ofValue[sorted[i]] = i;
      } else {
        ofName[~sorted[i]] = i;
      }
    }
    for (int n = names.nextSetBit(0); n >= 0; n = names.nextSetBit(n + 1)) {
      int symbol = symbolOf(n, values);
      if (symbol >= 0) {
        ofName[n] = ofValue[symbol];
      }
    }
    ranks = new long[pairs.length()];
    for (int p = pairs.nextSetBit(0); p >= 0; p = pairs.nextSetBit(p + 1)) {
      ranks[p] = (long) ofName[index.pairs.name(p)] << 32 | ofValue[index.pairs.symbol(p)];
    }
  }

  /** The values, and the names that are no value as well. */
  private int[] entries(BitSet values, BitSet names) {
    int[] out = new int[values.cardinality() + names.cardinality()];
    int n = 0;
    for (int v = values.nextSetBit(0); v >= 0; v = values.nextSetBit(v + 1)) {
      out[n++] = v;
    }
    for (int m = names.nextSetBit(0); m >= 0; m = names.nextSetBit(m + 1)) {
      if (symbolOf(m, values) < 0) {
        out[n++] = ~m;
      }
    }
    return java.util.Arrays.copyOf(out, n);
  }

  /** The value with the bytes of a name, -1 if it is none of these. */
  private int symbolOf(int name, BitSet values) {
    byte[] utf8 = index.names.get(name).utf8;
    int symbol = index.symbols.find(utf8, 0, utf8.length);
    return symbol >= 0 && values.get(symbol) ? symbol : -1;
  }

  private int compare(int a, int b) {
    if (a >= 0 && b >= 0) {
      return index.symbols.compare(a, b);
    }
    MemorySegment left = bytes(a);
    MemorySegment right = bytes(b);
    long at = left.mismatch(right);
    if (at < 0) {
      return 0;
    }
    if (at == left.byteSize() || at == right.byteSize()) {
      return Long.compare(left.byteSize(), right.byteSize());
    }
    return (left.get(ValueLayout.JAVA_BYTE, at) & 0xFF)
        - (right.get(ValueLayout.JAVA_BYTE, at) & 0xFF);
  }

  private MemorySegment bytes(int entry) {
    return entry >= 0
        ? index.symbols.bytes(entry)
        : MemorySegment.ofArray(index.names.get(~entry).utf8).asReadOnly();
  }

  int count() {
    return sorted.length;
  }

  MemorySegment symbol(int ordinal) {
    return bytes(sorted[ordinal]);
  }

  int name(int pair) {
    return (int) (ranks[pair] >>> 32);
  }

  int value(int pair) {
    return (int) ranks[pair];
  }

  /** Compares the labels of two of the series. */
  int compareRows(int rowA, int rowB) {
    int na = index.labelCount(rowA);
    int nb = index.labelCount(rowB);
    int n = Math.min(na, nb);
    for (int i = 0; i < n; i++) {
      int a = index.pair(rowA, i);
      int b = index.pair(rowB, i);
      if (a != b) {
        return Long.compare(ranks[a], ranks[b]);
      }
    }
    return na - nb;
  }
}
