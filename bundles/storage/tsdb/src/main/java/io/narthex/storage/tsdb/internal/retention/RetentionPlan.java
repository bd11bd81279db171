package io.narthex.storage.tsdb.internal.retention;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.block.Ulid;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The blocks that are to be deleted, each with the reason.
 *
 * @param reasons by block
 * @param byTime whether a block is too old
 * @param bySize whether the directory is too large
 */
public record RetentionPlan(Map<Ulid, Reason> reasons, boolean byTime, boolean bySize) {

  /** Why a block goes. */
  public enum Reason {
    /** Its samples are in another block, or nowhere. */
    COMPACTED,
    TOO_OLD,
    TOO_LARGE
  }

  /** A block and its bytes. */
  public record Sized(BlockMeta meta, long bytes) {}

  public RetentionPlan {
    reasons = Map.copyOf(reasons);
  }

  /**
   * Plans over the blocks that can be opened.
   *
   * @param time of {@link RetentionLimits}
   * @param maxBytes of the directory, 0 for no bound
   * @param otherBytes of logs and head chunks, which count but are never deleted
   */
  public static RetentionPlan of(
      Collection<Sized> blocks, long time, long maxBytes, long otherBytes) {
    List<Sized> newestFirst =
        blocks.stream()
            .sorted(Comparator.comparingLong((Sized b) -> b.meta.maxTime()).reversed())
            .toList();
    Map<Ulid, Reason> reasons = new HashMap<>();
    for (Sized block : newestFirst) {
      if (block.meta.compaction().deletable()) {
        reasons.put(block.meta.ulid(), Reason.COMPACTED);
      }
      for (BlockMeta.Parent parent : block.meta.compaction().parents()) {
        reasons.put(parent.ulid(), Reason.COMPACTED);
      }
    }
    boolean byTime = false;
    boolean bySize = false;
    long bytes = otherBytes;
    for (Sized block : newestFirst) {
      Ulid ulid = block.meta.ulid();
      if (reasons.get(ulid) == Reason.COMPACTED) {
        continue;
      }
      long age = newestFirst.getFirst().meta.maxTime() - block.meta.maxTime();
      bytes += block.bytes;
      byTime |= time > 0 && age >= time;
      bySize |= maxBytes > 0 && bytes > maxBytes;
      if (byTime) {
        reasons.put(ulid, Reason.TOO_OLD);
      } else if (bySize) {
        reasons.put(ulid, Reason.TOO_LARGE);
      }
    }
    return new RetentionPlan(reasons, byTime, bySize);
  }

  public boolean deletes(Ulid block) {
    return reasons.containsKey(block);
  }
}
