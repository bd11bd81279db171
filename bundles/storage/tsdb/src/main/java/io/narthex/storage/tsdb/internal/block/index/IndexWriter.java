package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.block.file.FileOutput;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.record.WriteBuffer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes an index of version 2: symbols, each series with its chunks, then, by {@link #finish}, all
 * that follows from them. What it holds of them is a count a label name.
 */
public final class IndexWriter implements AutoCloseable {

  private final Disk disk;
  private final FileOutput out;
  private final SeriesChunks source;
  private final WriteBuffer entry = new WriteBuffer(4096);
  private final int[] seriesPerName;
  private final long symbolsAt;
  private final long seriesAt;
  private int seriesCount;
  private int[] previous = new int[0];
  private int previousLength = -1;
  private long lastRef = -1;

  /**
   * Begins with the symbols.
   *
   * @param source whose series are going to be added, all of them and in its order
   */
  public static IndexWriter begin(Disk disk, Path file, SeriesChunks source) throws IOException {
    FileOutput out = FileOutput.create(disk, file);
    try {
      return new IndexWriter(disk, out, source);
    } catch (IOException | RuntimeException e) {
      out.close();
      throw e;
    }
  }

  private IndexWriter(Disk disk, FileOutput out, SeriesChunks source) throws IOException {
    this.disk = disk;
    this.out = out;
    this.source = source;
    seriesPerName = new int[source.symbolCount()];
    out.putInt(IndexFormat.MAGIC);
    out.put(IndexFormat.V2);
    symbolsAt = out.position();
    writeSymbols();
    seriesAt = out.position();
  }

  private void writeSymbols() throws IOException {
    int n = source.symbolCount();
    long length = 4;
    for (int i = 0; i < n; i++) {
      long size = source.symbol(i).byteSize();
      length += FileOutput.uvarintSize(size) + size;
    }
    if (length > 0xFFFFFFFFL) {
      throw new IOException(
          out.path() + ": symbol table size exceeds 4 bytes: " + length + " bytes");
    }
    out.putInt((int) length);
    out.beginChecksum();
    out.putInt(n);
    for (int i = 0; i < n; i++) {
      out.putUvarint(source.symbol(i).byteSize());
      out.put(source.symbol(i));
    }
    out.putChecksum();
  }

  /**
   * Adds the series that the source stands at.
   *
   * @param refs where its chunks are, ascending over the whole index
   */
  public void addSeries(long[] refs) throws IOException {
    entry.clear();
    putLabels();
    putChunks(refs);
    out.align(IndexFormat.SERIES_ALIGNMENT);
    if (out.position() + entry.length() + 64 > IndexFormat.MAX_SIZE) {
      throw new IOException(out.path() + ": exceeding max size of 64GiB");
    }
    out.putUvarint(entry.length());
    out.beginChecksum();
    out.put(entry.array(), entry.length());
    out.putChecksum();
    seriesCount++;
  }

  private void putLabels() throws IOException {
    int n = source.labelCount();
    if (previous.length < 2 * n) {
      previous = java.util.Arrays.copyOf(previous, 4 * n);
    }
    boolean after = previousLength < 0;
    entry.putUvarint(n);
    for (int i = 0; i < n; i++) {
      int name = source.nameSymbol(i);
      int value = source.valueSymbol(i);
      if (!after) {
        after = i == previousLength || isAfter(name, value, i);
      }
      previous[2 * i] = name;
      previous[2 * i + 1] = value;
      seriesPerName[name]++;
      entry.putUvarint(name);
      entry.putUvarint(value);
    }
    previousLength = n;
    if (!after) {
      throw new IOException(out.path() + ": out-of-order series, number " + seriesCount);
    }
  }

  /**
   * Whether a pair is larger than the one of the series before, all pairs before it being equal; a
   * smaller one is an error.
   */
  private boolean isAfter(int name, int value, int i) throws IOException {
    int byName = Integer.compare(name, previous[2 * i]);
    int order = byName == 0 ? Integer.compare(value, previous[2 * i + 1]) : byName;
    if (order < 0) {
      throw new IOException(out.path() + ": out-of-order series, number " + seriesCount);
    }
    return order > 0;
  }

  private void putChunks(long[] refs) throws IOException {
    int n = source.chunkCount();
    entry.putUvarint(n);
    long maxTime = 0;
    for (int i = 0; i < n; i++) {
      long min = source.minTime(i);
      if (refs[i] <= lastRef) {
        throw new IOException(
            out.path() + ": unordered chunk reference " + refs[i] + " after " + lastRef);
      }
      if (i == 0) {
        entry.putVarint(min);
      } else {
        if (min <= maxTime) {
          throw new IOException(
              out.path()
                  + ": chunk minT "
                  + min
                  + " is not higher than previous chunk maxT "
                  + maxTime);
        }
        entry.putUvarint(min - maxTime);
      }
      maxTime = source.maxTime(i);
      if (maxTime < min) {
        throw new IOException(out.path() + ": chunk maxT " + maxTime + " is less than minT " + min);
      }
      entry.putUvarint(maxTime - min);
      if (i == 0) {
        entry.putUvarint(refs[0]);
      } else {
        entry.putVarint(refs[i] - refs[i - 1]);
      }
      lastRef = refs[i];
    }
  }

  /** Writes postings and tables and makes the file durable. */
  public void finish() throws IOException {
    out.align(4);
    long seriesEnd = out.position();
    PostingsWriter postings = new PostingsWriter(disk, out, source, seriesCount, seriesPerName);
    postings.write(seriesAt, seriesEnd);
    long tablesAt = out.position();
    postings.writeTable(seriesEnd);
    out.beginChecksum();
    out.putLong(symbolsAt);
    out.putLong(seriesAt);
    // Label indices are no longer written; the reference has empty regions for them, too.
    out.putLong(seriesEnd);
    out.putLong(tablesAt);
    out.putLong(seriesEnd);
    out.putLong(tablesAt);
    out.putChecksum();
    out.sync();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
