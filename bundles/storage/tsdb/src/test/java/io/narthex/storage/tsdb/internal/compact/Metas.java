package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.Ulid;
import java.util.List;

/** Short ways to say what blocks there are. */
public final class Metas {

  private Metas() {}

  public static BlockMeta block(long number, long minTime, long maxTime) {
    Ulid ulid = new Ulid(number << 16, 0);
    return new BlockMeta(
        ulid,
        minTime,
        maxTime,
        BlockMeta.Stats.NONE,
        BlockMeta.Compaction.fromHead(ulid, List.of()));
  }

  public static BlockMeta hinted(BlockMeta b, String... hints) {
    BlockMeta.Compaction c = b.compaction();
    return with(
        b,
        new BlockMeta.Compaction(
            c.level(), c.sources(), c.deletable(), c.parents(), c.failed(), List.of(hints)));
  }

  public static BlockMeta level(BlockMeta b, int level, Ulid... sources) {
    return with(
        b, new BlockMeta.Compaction(level, List.of(sources), false, List.of(), false, List.of()));
  }

  public static BlockMeta child(BlockMeta b, BlockMeta... parents) {
    List<BlockMeta.Parent> of = List.of(parents).stream().map(BlockMeta::asParent).toList();
    return with(b, new BlockMeta.Compaction(2, List.of(), false, of, false, List.of()));
  }

  public static BlockMeta deleted(BlockMeta b, long tombstones, long series) {
    return b.withStats(new BlockMeta.Stats(1, 1, 0, series, 1, tombstones));
  }

  private static BlockMeta with(BlockMeta b, BlockMeta.Compaction c) {
    return new BlockMeta(b.ulid(), b.minTime(), b.maxTime(), b.stats(), c);
  }
}
