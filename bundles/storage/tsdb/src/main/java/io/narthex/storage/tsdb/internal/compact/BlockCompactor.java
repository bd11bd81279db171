package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.BlockWriter;
import io.narthex.storage.tsdb.internal.block.SeriesChunks;
import io.narthex.storage.tsdb.internal.block.Ulid;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes blocks: of other blocks, and of what the head has. Sources stay as they are, but for what
 * their meta files say. For one thread at a time.
 */
public final class BlockCompactor {

  private static final Logger log = LoggerFactory.getLogger(BlockCompactor.class);

  private final BlockWriter writer;
  private final Supplier<Ulid> names;
  private final CompactionMetrics metrics;
  private final Progress progress;

  /**
   * @param names gives a new one each time
   */
  public BlockCompactor(
      BlockWriter writer, Supplier<Ulid> names, CompactionMetrics metrics, Progress progress) {
    this.writer = writer;
    this.names = names;
    this.metrics = metrics;
    this.progress = progress;
  }

  /**
   * Makes one block of several, without what is deleted in them. If nothing is left, there is no
   * block, and the parents are marked as deletable. If it fails, the parents are marked as failed,
   * unless space was missing.
   *
   * @return what was written, null for nothing
   */
  public @Nullable BlockMeta compact(List<Block> parents) throws IOException {
    List<BlockMeta> metas = parents.stream().map(Block::meta).toList();
    BlockMeta draft = CompactedMeta.of(names.get(), metas);
    try {
      BlockMeta made = writeMerged(draft, parents, overlap(metas));
      if (made == null) {
        for (Block parent : parents) {
          parent.writeMeta(parent.meta().asDeletable());
        }
        log.atInfo()
            .addKeyValue("count", parents.size())
            .addKeyValue("sources", draft.compaction().sources())
            .log("compact blocks resulted in empty block");
      }
      return made;
    } catch (CancellationException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (!DiskSpace.isMissing(e)) {
        markFailed(parents, e);
      }
      throw e;
    }
  }

  /**
   * Makes a block of what the head has.
   *
   * @param source is closed; its chunks do not overlap
   * @param maxTime after the newest sample
   * @return what was written, null if the source has no series
   */
  public @Nullable BlockMeta write(
      BlockWriter to, SeriesChunks source, long minTime, long maxTime, List<String> hints)
      throws IOException {
    Ulid name = names.get();
    BlockMeta draft =
        new BlockMeta(
            name,
            minTime,
            maxTime,
            BlockMeta.Stats.NONE,
            BlockMeta.Compaction.fromHead(name, hints));
    try (source) {
      return write(to, draft, new ObservedChunks(source, progress, metrics), false);
    }
  }

  /** As the other, into the database's directory. */
  public @Nullable BlockMeta write(
      SeriesChunks source, long minTime, long maxTime, List<String> hints) throws IOException {
    return write(writer, source, minTime, maxTime, hints);
  }

  /**
   * Writes a block anew without what is deleted in it. If nothing is left, there is no block, and
   * the one that was is marked as deletable.
   *
   * @return what was written, null for nothing
   */
  public @Nullable BlockMeta clean(Block block) throws IOException {
    Ulid name = names.get();
    BlockMeta old = block.meta();
    BlockMeta.Compaction c = old.compaction();
    BlockMeta draft =
        new BlockMeta(
            name,
            old.minTime(),
            old.maxTime(),
            BlockMeta.Stats.NONE,
            new BlockMeta.Compaction(
                1, List.of(name), false, List.of(old.asParent()), false, c.hints()));
    BlockMeta made = writeMerged(draft, List.of(block), false);
    if (made == null) {
      block.writeMeta(block.meta().asDeletable());
    }
    return made;
  }

  private @Nullable BlockMeta writeMerged(BlockMeta draft, List<Block> parents, boolean overlap)
      throws IOException {
    List<SeriesChunks> sources = new ArrayList<>();
    try {
      for (Block parent : parents) {
        sources.add(parent.seriesChunks());
      }
      try (SeriesChunks merged = new MergedSeriesChunks(sources)) {
        sources = List.of();
        SeriesChunks observed = new ObservedChunks(merged, progress, CompactionMetrics.NONE);
        return write(writer, draft, observed, overlap);
      }
    } finally {
      sources.forEach(SeriesChunks::close);
    }
  }

  private @Nullable BlockMeta write(
      BlockWriter to, BlockMeta draft, SeriesChunks source, boolean overlap) throws IOException {
    progress.begin();
    progress.checkCancelled();
    long start = System.nanoTime();
    metrics.populating(true);
    BlockMeta made;
    try {
      made = to.write(draft, source);
    } finally {
      metrics.populating(false);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    metrics.compacted(seconds, overlap);
    if (made != null) {
      log.atInfo()
          .addKeyValue("ulid", made.ulid())
          .addKeyValue("mint", made.minTime())
          .addKeyValue("maxt", made.maxTime())
          .addKeyValue("level", made.compaction().level())
          .addKeyValue("sources", made.compaction().sources())
          .addKeyValue("series", made.stats().numSeries())
          .addKeyValue("samples", made.stats().numSamples())
          .addKeyValue("duration_seconds", seconds)
          .log(overlap ? "Found overlapping blocks during compaction" : "write block");
    }
    return made;
  }

  private static boolean overlap(List<BlockMeta> metas) {
    List<BlockMeta> byTime =
        metas.stream().sorted(Comparator.comparingLong(BlockMeta::minTime)).toList();
    long end = Long.MIN_VALUE;
    for (BlockMeta meta : byTime) {
      if (meta.minTime() < end) {
        return true;
      }
      end = Math.max(end, meta.maxTime());
    }
    return false;
  }

  private static void markFailed(List<Block> parents, Exception failure) {
    for (Block parent : parents) {
      try {
        parent.writeMeta(parent.meta().asFailed());
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
  }
}
