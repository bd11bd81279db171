package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.block.chunkfile.ChunkData;
import io.narthex.storage.tsdb.internal.block.index.SeriesEntry;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import io.narthex.storage.tsdb.internal.block.index.SymbolOrdinals;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;

/** All series of a block that have chunks. */
final class BlockSeriesChunks implements SeriesChunks {

  private final Block block;
  private final SymbolOrdinals symbols;
  private final SeriesIds ids;
  private final SeriesEntry entry = new SeriesEntry();
  private final ChunkData place = new ChunkData();
  private int[] pairs = new int[32];
  private int[] encodings = new int[16];
  private int at = -1;
  private boolean closed;

  BlockSeriesChunks(Block block) throws StorageException {
    this.block = block;
    this.symbols = new SymbolOrdinals(block.index().symbols());
    this.ids = block.index().all();
  }

  @Override
  public int symbolCount() {
    return symbols.count();
  }

  @Override
  public MemorySegment symbol(int ordinal) {
    try {
      return symbols.bytes(ordinal);
    } catch (StorageException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public boolean next() throws StorageException {
    try {
      return advance();
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  private boolean advance() throws StorageException {
    while (++at < ids.size()) {
      block.index().read(ids.get(at), entry);
      if (entry.readChunks(Long.MIN_VALUE, Long.MAX_VALUE) > 0) {
        int n = entry.labelCount();
        if (pairs.length < 2 * n) {
          pairs = new int[2 * n];
        }
        for (int i = 0; i < n; i++) {
          pairs[2 * i] = symbols.ordinal(entry.name(i));
          pairs[2 * i + 1] = symbols.ordinal(entry.value(i));
        }
        readEncodings();
        return true;
      }
    }
    return false;
  }

  private void readEncodings() throws StorageException {
    int n = entry.chunkCount();
    if (encodings.length < n) {
      encodings = new int[2 * n];
    }
    for (int i = 0; i < n; i++) {
      block.chunks().locate(entry.ref(i), place);
      encodings[i] = place.encoding();
    }
  }

  @Override
  public int labelCount() {
    return entry.labelCount();
  }

  @Override
  public int nameSymbol(int i) {
    return pairs[2 * i];
  }

  @Override
  public int valueSymbol(int i) {
    return pairs[2 * i + 1];
  }

  @Override
  public int chunkCount() {
    return entry.chunkCount();
  }

  @Override
  public long minTime(int chunk) {
    return entry.minTime(chunk);
  }

  @Override
  public long maxTime(int chunk) {
    return entry.maxTime(chunk);
  }

  @Override
  public int encoding(int chunk) {
    return encodings[chunk];
  }

  @Override
  public MemorySegment data(int chunk) throws StorageException {
    try {
      return block.chunks().data(entry.ref(chunk), place);
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  @Override
  public Intervals deleted() {
    return block.tombstones().of(ids.get(at));
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      block.release();
    }
  }
}
