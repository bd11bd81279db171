package io.narthex.storage.tsdb.internal.compact;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.Ulid;
import java.util.Comparator;
import java.util.List;

/** What is said of a block that is made of others. */
public final class CompactedMeta {

  private CompactedMeta() {}

  /**
   * One level above the highest, over the time of all, of the sources of all. A hint stays if all
   * have it.
   *
   * @param parents at least one
   */
  public static BlockMeta of(Ulid ulid, List<BlockMeta> parents) {
    List<BlockMeta> byTime =
        parents.stream().sorted(Comparator.comparingLong(BlockMeta::minTime)).toList();
    int level = 0;
    long end = Long.MIN_VALUE;
    for (BlockMeta parent : byTime) {
      level = Math.max(level, parent.compaction().level());
      end = Math.max(end, parent.maxTime());
    }
    List<Ulid> sources =
        byTime.stream()
            .flatMap(b -> b.compaction().sources().stream())
            .distinct()
            .sorted()
            .toList();
    List<String> hints =
        byTime.getFirst().compaction().hints().stream()
            .filter(hint -> byTime.stream().allMatch(b -> b.compaction().hasHint(hint)))
            .toList();
    return new BlockMeta(
        ulid,
        byTime.getFirst().minTime(),
        end,
        BlockMeta.Stats.NONE,
        new BlockMeta.Compaction(
            level + 1,
            sources,
            false,
            byTime.stream().map(BlockMeta::asParent).toList(),
            false,
            hints));
  }
}
