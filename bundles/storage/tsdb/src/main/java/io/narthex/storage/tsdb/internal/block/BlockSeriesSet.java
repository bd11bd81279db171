package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.Labels;
import io.narthex.storage.tsdb.internal.block.index.SeriesEntry;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import io.narthex.storage.tsdb.internal.block.index.SymbolTexts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The series of a selection of a block, those that have a chunk in the time range. */
final class BlockSeriesSet implements SeriesSet {

  private final Block block;
  private final SeriesIds ids;
  private final BlockTombstones tombstones;
  private final long start;
  private final long end;
  private final int limit;
  private final SeriesEntry entry = new SeriesEntry();
  private final SymbolTexts texts;
  private int at = -1;
  private int given;
  private @Nullable Series current;

  /**
   * @param limit the most series to give, 0 for all
   */
  BlockSeriesSet(
      Block block, SeriesIds ids, BlockTombstones tombstones, long start, long end, int limit) {
    this.block = block;
    this.ids = ids;
    this.tombstones = tombstones;
    this.start = start;
    this.end = end;
    this.limit = limit;
    this.texts = new SymbolTexts(block.index().symbols());
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
    current = null;
    if (limit > 0 && given == limit) {
      return false;
    }
    while (++at < ids.size()) {
      int id = ids.get(at);
      block.index().read(id, entry);
      Intervals deleted = tombstones.of(id);
      if (deleted.isEmpty() ? entry.overlaps(start, end) : remains(deleted)) {
        current = new BlockSeries(id, texts.labels(entry), deleted);
        given++;
        return true;
      }
    }
    return false;
  }

  /** Whether a chunk is left that is not deleted as a whole. */
  private boolean remains(Intervals deleted) throws StorageException {
    int n = entry.readChunks(start, end);
    for (int i = 0; i < n; i++) {
      if (!deleted.covers(Math.max(start, entry.minTime(i)), Math.min(end, entry.maxTime(i)))) {
        return true;
      }
    }
    return false;
  }

  @Override
  public Series current() {
    if (current == null) {
      throw new IllegalStateException("there is no current series");
    }
    return current;
  }

  @Override
  public int sizeHint() {
    return -1;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  /** One series of the block within the selection's time range. */
  private final class BlockSeries implements Series {
    private final int id;
    private final Labels labels;
    private final Intervals deleted;

    BlockSeries(int id, Labels labels, Intervals deleted) {
      this.id = id;
      this.labels = labels;
      this.deleted = deleted;
    }

    @Override
    public Labels labels() {
      return labels;
    }

    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) throws StorageException {
      BlockCursor cursor = reuse instanceof BlockCursor c ? c : new BlockCursor(block);
      return cursor.reset(block, id, start, end, deleted);
    }
  }
}
