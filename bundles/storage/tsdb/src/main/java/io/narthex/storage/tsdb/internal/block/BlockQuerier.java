package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.Querier;
import io.narthex.api.storage.SelectHints;
import io.narthex.api.storage.SeriesSet;
import io.narthex.api.storage.StorageException;
import io.narthex.model.LabelMatcher;
import io.narthex.storage.tsdb.internal.block.index.LabelLookup;
import io.narthex.storage.tsdb.internal.block.index.Selection;
import io.narthex.storage.tsdb.internal.block.index.SeriesIds;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A view on a block, which it holds until it is closed. Series come in the order of labels. */
public final class BlockQuerier implements Querier {

  private final Block block;
  private final BlockTombstones tombstones;
  private final long minTime;
  private final long maxTime;
  private final AtomicBoolean closed = new AtomicBoolean();

  private BlockQuerier(Block block, long minTime, long maxTime) {
    this.block = block;
    this.tombstones = block.tombstones();
    this.minTime = minTime;
    this.maxTime = maxTime;
  }

  /**
   * A view on the samples of a time range, both ends included.
   *
   * @return null if the block is closed
   */
  public static @Nullable BlockQuerier open(Block block, long minTime, long maxTime) {
    return block.acquire() ? new BlockQuerier(block, minTime, maxTime) : null;
  }

  public Block block() {
    return block;
  }

  @Override
  public SeriesSet select(SelectHints hints, List<LabelMatcher> matchers) throws StorageException {
    checkOpen();
    long start = Math.max(minTime, hints.start());
    long end = Math.min(maxTime, hints.end());
    try {
      SeriesIds ids = start > end ? SeriesIds.EMPTY : new Selection(block.index()).select(matchers);
      return new BlockSeriesSet(block, ids, tombstones, start, end, hints.limit());
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  @Override
  public LabelResult labelValues(String name, int limit, List<LabelMatcher> matchers)
      throws StorageException {
    checkOpen();
    try {
      return result(new LabelLookup(block.index()).values(name, some(matchers), limit));
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  @Override
  public LabelResult labelNames(int limit, List<LabelMatcher> matchers) throws StorageException {
    checkOpen();
    try {
      return result(new LabelLookup(block.index()).names(some(matchers), limit));
    } catch (InternalError e) {
      throw block.unreadable(e);
    }
  }

  private @Nullable SeriesIds some(List<LabelMatcher> matchers) throws StorageException {
    return matchers.isEmpty() ? null : new Selection(block.index()).select(matchers);
  }

  private static LabelResult result(java.util.Collection<String> values) {
    return new LabelResult(List.copyOf(values), List.of());
  }

  private void checkOpen() {
    if (closed.get()) {
      throw new IllegalStateException("querier closed");
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      block.release();
    }
  }
}
