package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.block.file.FileOutput;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Writes the postings of an index whose series are written. It reads these again from the file, as
 * many names at a time as have a bounded number of pairs together, so that memory is needed for
 * these only.
 */
final class PostingsWriter {

  /** Pairs of value and series that are collected in one pass, unless a single name has more. */
  private static final int BATCH = 1 << 20;

  private final Disk disk;
  private final FileOutput out;
  private final SeriesChunks symbols;
  private final int seriesCount;
  private final int[] seriesPerName;
  private final int[] countOfValue;

  /** For each list its name, value and length; lists stand one behind the other. */
  private int[] names = new int[1024];

  private int[] values = new int[1024];
  private int[] sizes = new int[1024];
  private int lists;

  PostingsWriter(
      Disk disk, FileOutput out, SeriesChunks symbols, int seriesCount, int[] seriesPerName) {
    this.disk = disk;
    this.out = out;
    this.symbols = symbols;
    this.seriesCount = seriesCount;
    this.seriesPerName = seriesPerName;
    this.countOfValue = new int[seriesPerName.length];
  }

  /**
   * Writes all lists.
   *
   * @param start where the series begin in the file, before their alignment
   * @param end where the series end, which is where the lists begin
   */
  void write(long start, long end) throws IOException {
    out.flush();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment series = disk.map(out.path(), arena).asSlice(start, end - start);
      SeriesWalk walk = new SeriesWalk(series, start);
      writeAll(walk);
      int batchEnd;
      for (int name = 0; name < seriesPerName.length; name = batchEnd) {
        long pairs = seriesPerName[name];
        batchEnd = name + 1;
        while (batchEnd < seriesPerName.length && pairs + seriesPerName[batchEnd] <= BATCH) {
          pairs += seriesPerName[batchEnd++];
        }
        if (pairs > 0) {
          writeBatch(walk, name, batchEnd, (int) pairs);
        }
      }
    }
  }

  private void writeAll(SeriesWalk walk) throws IOException {
    beginList(-1, -1, seriesCount);
    walk.restart();
    for (int i = 0; i < seriesCount; i++) {
      out.putInt(walk.next());
    }
    out.putChecksum();
  }

  private void beginList(int name, int value, int size) throws IOException {
    if (lists == names.length) {
      names = Arrays.copyOf(names, lists * 2);
      values = Arrays.copyOf(values, lists * 2);
      sizes = Arrays.copyOf(sizes, lists * 2);
    }
    names[lists] = name;
    values[lists] = value;
    sizes[lists++] = size;
    out.putInt(4 + 4 * size);
    out.beginChecksum();
    out.putInt(size);
  }

  /** Writes the lists of the names from one symbol to another. */
  private void writeBatch(SeriesWalk walk, int firstName, int endName, int pairs)
      throws IOException {
    int[] value = new int[pairs];
    int[] series = new int[pairs];
    int[] end = new int[endName - firstName];
    int most = 0;
    int at = 0;
    for (int i = 0; i < end.length; i++) {
      end[i] = at;
      at += seriesPerName[firstName + i];
      most = Math.max(most, seriesPerName[firstName + i]);
    }
    collect(walk, firstName, end, value, series);
    int[] sorted = new int[most];
    int[] distinct = new int[most];
    int from = 0;
    for (int i = 0; i < end.length; i++) {
      if (end[i] > from) {
        writeName(firstName + i, value, series, from, end[i], distinct, sorted);
      }
      from = end[i];
    }
  }

  private void collect(SeriesWalk walk, int firstName, int[] end, int[] value, int[] series) {
    walk.restart();
    for (int i = 0; i < seriesCount; i++) {
      int id = walk.next();
      int n = walk.labelCount();
      for (int k = 0; k < n; k++) {
        int name = walk.number() - firstName;
        int v = walk.number();
        if (name >= 0 && name < end.length) {
          int at = end[name]++;
          value[at] = v;
          series[at] = id;
        }
      }
    }
  }

  /** Writes the lists of one name: its pairs sorted by value, by counting. */
  private void writeName(
      int name, int[] value, int[] series, int from, int to, int[] distinct, int[] sorted)
      throws IOException {
    int n = 0;
    for (int i = from; i < to; i++) {
      if (countOfValue[value[i]]++ == 0) {
        distinct[n++] = value[i];
      }
    }
    Arrays.sort(distinct, 0, n);
    int start = 0;
    for (int i = 0; i < n; i++) {
      int size = countOfValue[distinct[i]];
      countOfValue[distinct[i]] = start;
      start += size;
    }
    for (int i = from; i < to; i++) {
      sorted[countOfValue[value[i]]++] = series[i];
    }
    int begin = 0;
    for (int i = 0; i < n; i++) {
      int end = countOfValue[distinct[i]];
      countOfValue[distinct[i]] = 0;
      beginList(name, distinct[i], end - begin);
      for (int k = begin; k < end; k++) {
        out.putInt(sorted[k]);
      }
      out.putChecksum();
      begin = end;
    }
  }

  /**
   * Writes the table of the lists.
   *
   * @param start where the first list begins
   */
  void writeTable(long start) throws IOException {
    long length = 4;
    long offset = start;
    for (int i = 0; i < lists; i++) {
      length += 1 + stringSize(names[i]) + stringSize(values[i]) + FileOutput.uvarintSize(offset);
      offset += 12 + 4L * sizes[i];
    }
    if (length > 0xFFFFFFFFL) {
      throw new IOException(
          out.path() + ": postings offset table size exceeds 4 bytes: " + length + " bytes");
    }
    out.putInt((int) length);
    out.beginChecksum();
    out.putInt(lists);
    offset = start;
    for (int i = 0; i < lists; i++) {
      out.put(2);
      putString(names[i]);
      putString(values[i]);
      out.putUvarint(offset);
      offset += 12 + 4L * sizes[i];
    }
    out.putChecksum();
  }

  private long stringSize(int symbol) {
    long size = symbol < 0 ? 0 : symbols.symbol(symbol).byteSize();
    return FileOutput.uvarintSize(size) + size;
  }

  private void putString(int symbol) throws IOException {
    if (symbol < 0) {
      out.put(0);
    } else {
      MemorySegment bytes = symbols.symbol(symbol);
      out.putUvarint(bytes.byteSize());
      out.put(bytes);
    }
  }
}
