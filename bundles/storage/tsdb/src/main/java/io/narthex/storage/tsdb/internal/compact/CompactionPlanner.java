package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the blocks that are to be compacted next, from what their meta files say.
 *
 * <p>Blocks of stale series, of chosen series, and all others are planned apart, in that order from
 * the last. Of each, blocks that overlap come first. Then neighbours that fill a range, or that no
 * later block will join; the newest block stays out, so that it can be copied for a while before it
 * changes. Then single blocks of which more than a twentieth was deleted. Blocks of out-of-order
 * samples wait until the head has come as far.
 */
public final class CompactionPlanner {

  /** The share of tombstones to series above which a block is rewritten. */
  private static final double TOMBSTONE_RATIO = 0.05;

  private static final Comparator<BlockMeta> BY_TIME =
      Comparator.comparingLong(BlockMeta::minTime).thenComparing(BlockMeta::ulid);

  private final CompactionRanges ranges;
  private final boolean overlapping;
  private final Predicate<BlockMeta> excluded;

  /**
   * @param overlapping whether blocks that overlap may be compacted
   * @param excluded the blocks that must stay as they are, with all newer ones
   */
  public CompactionPlanner(
      CompactionRanges ranges, boolean overlapping, Predicate<BlockMeta> excluded) {
    this.ranges = ranges;
    this.overlapping = overlapping;
    this.excluded = excluded;
  }

  /** The blocks to compact into one, by time; empty if there is nothing to do. */
  public List<BlockMeta> plan(Collection<BlockMeta> blocks) {
    long inOrderEnd = inOrderEnd(blocks);
    for (BlockClass kind : BlockClass.values()) {
      List<BlockMeta> plan =
          planClass(
              blocks.stream()
                  .filter(b -> kind.has(b) && !isAhead(b, inOrderEnd))
                  .sorted(BY_TIME)
                  .toList());
      if (!plan.isEmpty()) {
        return plan;
      }
    }
    return List.of();
  }

  /** Where the newest block ends that has what the head had; {@link Long#MAX_VALUE} without one. */
  private static long inOrderEnd(Collection<BlockMeta> blocks) {
    return blocks.stream()
        .filter(b -> BlockClass.PLAIN.has(b) && !isLate(b))
        .mapToLong(BlockMeta::maxTime)
        .max()
        .orElse(Long.MAX_VALUE);
  }

  private static boolean isLate(BlockMeta block) {
    return block.compaction().hasHint(BlockMeta.FROM_OUT_OF_ORDER);
  }

  /**
   * Whether a block of out-of-order samples covers a time of which others are still in the head. If
   * it became one with blocks that were not of such samples, its hint would go, and with it, at the
   * next start, what the log has of that time: that is taken for what the block has.
   */
  private static boolean isAhead(BlockMeta block, long inOrderEnd) {
    return isLate(block) && block.maxTime() > inOrderEnd;
  }

  /** Blocks that may be compacted with each other. */
  private enum BlockClass {
    PLAIN(null),
    STALE(BlockMeta.FROM_STALE_SERIES),
    SELECTED(BlockMeta.FROM_SELECTED_SERIES);

    private final @Nullable String hint;

    BlockClass(@Nullable String hint) {
      this.hint = hint;
    }

    boolean has(BlockMeta meta) {
      return hint == null
          ? !STALE.has(meta) && !SELECTED.has(meta)
          : meta.compaction().hasHint(hint);
    }
  }

  private List<BlockMeta> planClass(List<BlockMeta> all) {
    List<BlockMeta> blocks = all;
    for (int i = 0; i < all.size(); i++) {
      if (excluded.test(all.get(i))) {
        blocks = all.subList(0, i);
        break;
      }
    }
    if (blocks.isEmpty()) {
      return List.of();
    }
    List<BlockMeta> plan = overlapping ? overlapping(blocks) : List.of();
    if (!plan.isEmpty()) {
      return plan;
    }
    List<BlockMeta> settled = blocks.subList(0, blocks.size() - 1);
    plan = neighbours(settled);
    return plan.isEmpty() ? muchDeleted(settled) : plan;
  }

  /** The first run of blocks of which each overlaps one before it. */
  private static List<BlockMeta> overlapping(List<BlockMeta> blocks) {
    List<BlockMeta> run = new ArrayList<>();
    long end = Long.MIN_VALUE;
    for (BlockMeta block : blocks) {
      if (block.minTime() >= end) {
        if (run.size() > 1) {
          return run;
        }
        run.clear();
      }
      run.add(block);
      end = Math.max(end, block.maxTime());
    }
    return run.size() > 1 ? run : List.of();
  }

  private List<BlockMeta> neighbours(List<BlockMeta> blocks) {
    if (blocks.isEmpty()) {
      return List.of();
    }
    long newest = blocks.getLast().minTime();
    for (int i = 1; i < ranges.count(); i++) {
      long range = ranges.get(i);
      for (List<BlockMeta> group : groups(blocks, range)) {
        if (group.size() < 2 || group.stream().anyMatch(b -> b.compaction().failed())) {
          continue;
        }
        long end = group.getLast().maxTime();
        if (end - group.getFirst().minTime() == range || end <= newest) {
          return group;
        }
      }
    }
    return List.of();
  }

  /** Runs of blocks that lie within the same aligned range each. */
  private static List<List<BlockMeta>> groups(List<BlockMeta> blocks, long range) {
    List<List<BlockMeta>> groups = new ArrayList<>();
    long groupStart = 0;
    List<BlockMeta> group = null;
    for (BlockMeta block : blocks) {
      long start = Math.floorDiv(block.minTime(), range) * range;
      if (group != null && block.maxTime() <= groupStart + range) {
        group.add(block);
      } else if (block.maxTime() <= start + range) {
        group = new ArrayList<>(List.of(block));
        groupStart = start;
        groups.add(group);
      } else {
        group = null;
      }
    }
    return groups;
  }

  private List<BlockMeta> muchDeleted(List<BlockMeta> blocks) {
    for (BlockMeta block : blocks.reversed()) {
      BlockMeta.Stats stats = block.stats();
      if (block.duration() < ranges.rewritable()) {
        boolean empty = stats.numTombstones() > 0 && stats.numTombstones() >= stats.numSeries();
        return empty ? List.of(block) : List.of();
      }
      if ((double) stats.numTombstones() / (stats.numSeries() + 1) > TOMBSTONE_RATIO) {
        return List.of(block);
      }
    }
    return List.of();
  }
}
