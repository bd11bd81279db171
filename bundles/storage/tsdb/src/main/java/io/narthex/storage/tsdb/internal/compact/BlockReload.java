package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockLoader;
import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.BlockSet;
import io.narthex.storage.tsdb.internal.block.Ulid;
import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan.Sized;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the open blocks in line with the directory, and both with what is kept. For one thread at
 * a time.
 */
public final class BlockReload {

  private static final Logger log = LoggerFactory.getLogger(BlockReload.class);

  private final BlockSet open;
  private final BlockLoader loader;
  private final BlockRemoval removal;

  public BlockReload(Disk disk, Path data, BlockSet open) {
    this.open = open;
    this.loader = new BlockLoader(disk, data);
    this.removal = new BlockRemoval(disk, data);
  }

  /** Chooses which of the blocks go. */
  @FunctionalInterface
  public interface Planner {
    RetentionPlan plan(List<Sized> blocks) throws IOException;
  }

  /**
   * What came of it.
   *
   * @param failed the directories that could not be opened, with the reason
   */
  public record Result(RetentionPlan plan, Map<Path, IOException> failed) {
    public Result {
      failed = Map.copyOf(failed);
    }
  }

  /**
   * Opens what is new, and lets go of what others were made of and of what is planned to go. Their
   * files are removed as soon as nobody reads them: now, or by {@link #finishRemoval}.
   */
  public Result reload(Planner planner) throws IOException {
    List<Block> before = open.blocks();
    BlockLoader.Found found = loader.load(before);
    RetentionPlan plan;
    try {
      plan = planner.plan(found.blocks().stream().map(b -> new Sized(b.meta(), b.size())).toList());
    } catch (IOException | RuntimeException e) {
      found.blocks().stream().filter(b -> !before.contains(b)).forEach(Block::close);
      throw e;
    }
    List<Block> kept = new ArrayList<>();
    Map<Path, CompletableFuture<@Nullable Void>> going = new HashMap<>();
    CompletableFuture<@Nullable Void> unread = CompletableFuture.completedFuture(null);
    found.superseded().forEach(directory -> going.put(directory, unread));
    for (Block block : found.blocks()) {
      Ulid ulid = block.meta().ulid();
      if (plan.deletes(ulid)) {
        log.atInfo()
            .addKeyValue("block", ulid)
            .addKeyValue("reason", plan.reasons().get(ulid))
            .log("Deleting obsolete block");
        going.put(block.directory(), block.unmapped());
        if (!before.contains(block)) {
          block.close();
        }
      } else {
        kept.add(block);
      }
    }
    for (Block gone : open.replace(kept)) {
      going.computeIfPresent(gone.directory(), (directory, u) -> gone.unmapped());
    }
    warnOfOverlaps(open.blocks());
    removal.remove(going);
    return new Result(plan, found.failed());
  }

  /** Removes the files of what nobody reads any more. */
  public void finishRemoval() throws IOException {
    removal.finish();
  }

  /** Blocks whose files wait for their readers. */
  public int waitingForReaders() {
    return removal.waiting();
  }

  private static void warnOfOverlaps(List<Block> blocks) {
    long end = Long.MIN_VALUE;
    for (Block block : blocks) {
      BlockMeta meta = block.meta();
      if (meta.minTime() < end) {
        log.atWarn()
            .addKeyValue("block", meta.ulid())
            .addKeyValue("mint", meta.minTime())
            .log("Overlapping blocks found during reloadBlocks");
      }
      end = Math.max(end, meta.maxTime());
    }
  }
}
