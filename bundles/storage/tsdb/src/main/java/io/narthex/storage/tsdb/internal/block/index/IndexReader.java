package io.narthex.storage.tsdb.internal.block.index;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.file.MappedFile;
import io.narthex.storage.tsdb.internal.block.file.MappedReader;

/** An index that is open, version 1 to 3, read in place. Any number of threads may use it. */
public final class IndexReader {

  private final MappedFile file;
  private final Toc toc;
  private final Symbols symbols;
  private final PostingsTable table;

  private IndexReader(MappedFile file, Toc toc, Symbols symbols, PostingsTable table) {
    this.file = file;
    this.toc = toc;
    this.symbols = symbols;
    this.table = table;
  }

  /** Reads what is needed to find things; checks that as a whole. */
  public static IndexReader open(MappedFile file) throws StorageException {
    Toc toc = Toc.read(file);
    return new IndexReader(file, toc, Symbols.read(file, toc), PostingsTable.read(file, toc));
  }

  MappedFile file() {
    return file;
  }

  public Symbols symbols() {
    return symbols;
  }

  PostingsTable table() {
    return table;
  }

  /** Bytes of the file. */
  public long size() {
    return file.size();
  }

  /** Bytes that are kept in memory to find symbols and postings. */
  public long memory() {
    return symbols.memory() + table.memory();
  }

  /** All series. */
  public SeriesIds all() throws StorageException {
    int name = table.find("");
    long at = name < 0 ? -1 : table.find(name, new byte[0]);
    return at < 0 ? SeriesIds.EMPTY : SeriesIds.of(PostingsList.read(file, at));
  }

  /** Reads the labels of a series and gets ready to read its chunks. */
  public void read(int id, SeriesEntry into) throws StorageException {
    long at = id & 0xFFFFFFFFL;
    if (!toc.isV1()) {
      at *= IndexFormat.SERIES_ALIGNMENT;
    }
    if (at < toc.series() || at >= toc.seriesEnd()) {
      throw file.corrupt(at, "no series is there");
    }
    MappedReader in = new MappedReader(file, at, toc.seriesEnd());
    long length = in.uvarint();
    if (length < 0 || length > toc.seriesEnd() - in.position() - 4) {
      throw file.corrupt(at, "a series of " + Long.toUnsignedString(length) + " bytes");
    }
    into.read(file, in.position(), (int) Math.min(length, Integer.MAX_VALUE - 8));
  }
}
