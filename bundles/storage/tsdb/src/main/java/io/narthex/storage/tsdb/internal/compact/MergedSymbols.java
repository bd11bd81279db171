package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** The symbols of several sources in one order, each once. Costs 12 bytes a symbol and source. */
final class MergedSymbols {

  private final List<SeriesChunks> sources;

  /** The merged ordinal of each symbol of each source. */
  private final int[][] merged;

  /** A source that has the symbol, and its ordinal there, for each merged ordinal. */
  private int[] source;

  private int[] ordinal;
  private int count;

  MergedSymbols(List<SeriesChunks> sources) {
    this.sources = sources;
    merged = new int[sources.size()][];
    int largest = 0;
    for (int i = 0; i < merged.length; i++) {
      int n = sources.get(i).symbolCount();
      merged[i] = new int[n];
      largest = Math.max(largest, n);
    }
    source = new int[largest];
    ordinal = new int[largest];
    merge();
  }

  private void merge() {
    int n = merged.length;
    int[] at = new int[n];
    MemorySegment[] next = new MemorySegment[n];
    for (int i = 0; i < n; i++) {
      next[i] = symbolAt(i, 0);
    }
    for (int least = least(next, at); least >= 0; least = least(next, at)) {
      MemorySegment symbol = next[least];
      add(least, at[least]);
      for (int i = least; i < n; i++) {
        if (at[i] < merged[i].length && (i == least || next[i].mismatch(symbol) == -1)) {
          merged[i][at[i]++] = count - 1;
          next[i] = symbolAt(i, at[i]);
        }
      }
    }
  }

  private MemorySegment symbolAt(int i, int k) {
    return k < merged[i].length ? sources.get(i).symbol(k) : MemorySegment.NULL;
  }

  /** The first source whose next symbol is the smallest; -1 at the end of all. */
  private int least(MemorySegment[] next, int[] at) {
    int least = -1;
    for (int i = 0; i < next.length; i++) {
      if (at[i] < merged[i].length && (least < 0 || compare(next[i], next[least]) < 0)) {
        least = i;
      }
    }
    return least;
  }

  /** Compares by unsigned bytes. */
  private static int compare(MemorySegment a, MemorySegment b) {
    long at = a.mismatch(b);
    if (at < 0) {
      return 0;
    }
    if (at == a.byteSize()) {
      return -1;
    }
    if (at == b.byteSize()) {
      return 1;
    }
    return Byte.compareUnsigned(a.get(ValueLayout.JAVA_BYTE, at), b.get(ValueLayout.JAVA_BYTE, at));
  }

  private void add(int from, int number) {
    if (count == source.length) {
      source = Arrays.copyOf(source, count + count / 2 + 16);
      ordinal = Arrays.copyOf(ordinal, source.length);
    }
    source[count] = from;
    ordinal[count++] = number;
  }

  int count() {
    return count;
  }

  MemorySegment symbol(int number) {
    return sources.get(source[number]).symbol(ordinal[number]);
  }

  /** The merged ordinals of a source's symbols. */
  int[] of(int i) {
    return merged[i];
  }
}
