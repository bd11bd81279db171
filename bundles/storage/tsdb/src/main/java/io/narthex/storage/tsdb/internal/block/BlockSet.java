package io.narthex.storage.tsdb.internal.block;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The blocks that are open: an immutable list by their times, which is replaced as a whole. Whoever
 * reads keeps the blocks that it has begun with.
 */
public final class BlockSet implements AutoCloseable {

  private static final Comparator<Block> BY_TIME =
      Comparator.comparingLong((Block b) -> b.meta().minTime())
          .thenComparingLong(b -> b.meta().maxTime())
          .thenComparing(b -> b.meta().ulid());

  private volatile List<Block> blocks;

  public BlockSet(List<Block> blocks) {
    this.blocks = sorted(blocks);
  }

  private static List<Block> sorted(List<Block> blocks) {
    return blocks.stream().sorted(BY_TIME).toList();
  }

  /** The blocks of the moment, by time. */
  public List<Block> blocks() {
    return blocks;
  }

  /**
   * Puts other blocks in the place of those that are there. What is no longer among them is closed;
   * it is unmapped, and may be deleted, when {@link Block#unmapped} completes. One thread at a
   * time.
   *
   * @param next blocks that are there already, and new ones, in any order
   * @return the blocks that were closed
   */
  public List<Block> replace(List<Block> next) {
    List<Block> before = blocks;
    List<Block> after = sorted(next);
    blocks = after;
    List<Block> gone = before.stream().filter(b -> !after.contains(b)).toList();
    gone.forEach(Block::close);
    return gone;
  }

  /** Views on the blocks that have a part from one time to another, both included; by time. */
  public List<BlockQuerier> queriers(long minTime, long maxTime) {
    while (true) {
      List<Block> now = blocks;
      List<BlockQuerier> out = new ArrayList<>();
      boolean complete = true;
      for (Block block : now) {
        if (block.meta().minTime() <= maxTime && block.meta().maxTime() > minTime) {
          BlockQuerier querier = BlockQuerier.open(block, minTime, maxTime);
          if (querier == null) {
            complete = false;
            break;
          }
          out.add(querier);
        }
      }
      // A block that was closed under our hands is one that has been replaced meanwhile, or all
      // are closed.
      if (complete || now.equals(blocks)) {
        return out;
      }
      out.forEach(BlockQuerier::close);
    }
  }

  /** The oldest time of any block, {@link Long#MAX_VALUE} without one. */
  public long minTime() {
    return blocks.stream().mapToLong(b -> b.meta().minTime()).min().orElse(Long.MAX_VALUE);
  }

  /**
   * Where the newest block ends that is made of all that came in order, {@link Long#MIN_VALUE}
   * without one: the head takes no sample before it.
   */
  public long inOrderEnd() {
    return blocks.stream()
        .filter(b -> b.meta().compaction().hints().isEmpty())
        .mapToLong(b -> b.meta().maxTime())
        .max()
        .orElse(Long.MIN_VALUE);
  }

  /** Bytes of all blocks. */
  public long size() {
    return blocks.stream().mapToLong(Block::size).sum();
  }

  /** Bytes of memory that finding symbols and postings takes. */
  public long symbolTableSize() {
    return blocks.stream().mapToLong(Block::symbolTableSize).sum();
  }

  /** Closes all blocks; each is unmapped when nobody reads it any more. */
  @Override
  public void close() {
    blocks.forEach(Block::close);
  }
}
