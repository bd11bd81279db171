package io.narthex.storage.tsdb.internal.block;

import java.util.List;

/**
 * What a block's {@code meta.json} says of it.
 *
 * @param minTime milliseconds since the epoch; no sample is older
 * @param maxTime every sample is older than that
 */
public record BlockMeta(Ulid ulid, long minTime, long maxTime, Stats stats, Compaction compaction) {

  /** The version of the file, and of the block's layout. */
  public static final int VERSION = 1;

  /** A hint: the block has samples that came out of order. */
  public static final String FROM_OUT_OF_ORDER = "from-out-of-order";

  /** A hint: the block has series that got no samples any more. */
  public static final String FROM_STALE_SERIES = "from-stale-series";

  /** A hint: the block has series that were chosen. */
  public static final String FROM_SELECTED_SERIES = "from-selected-series";

  /** What there is in a block; all 0 if it was not counted. */
  public record Stats(
      long numSamples,
      long numFloatSamples,
      long numHistogramSamples,
      long numSeries,
      long numChunks,
      long numTombstones) {

    public static final Stats NONE = new Stats(0, 0, 0, 0, 0, 0);

    public Stats withTombstones(long count) {
      return new Stats(
          numSamples, numFloatSamples, numHistogramSamples, numSeries, numChunks, count);
    }
  }

  /** A block that another one was made from. */
  public record Parent(Ulid ulid, long minTime, long maxTime) {}

  /**
   * Where a block comes from, and what may become of it.
   *
   * @param level how often its samples were compacted, 1 for a block of the head
   * @param sources the blocks of level 1 that its samples come from, ascending
   * @param deletable whether its samples are elsewhere, or nowhere as all were deleted
   * @param parents the blocks that it was made from, by minTime
   * @param failed whether compacting it has failed, so that it is not tried again
   * @param hints what kind of samples it has, such as {@link #FROM_OUT_OF_ORDER}
   */
  public record Compaction(
      int level,
      List<Ulid> sources,
      boolean deletable,
      List<Parent> parents,
      boolean failed,
      List<String> hints) {

    public Compaction {
      sources = List.copyOf(sources);
      parents = List.copyOf(parents);
      hints = List.copyOf(hints);
    }

    /** Of a block that is written from the head. */
    public static Compaction fromHead(Ulid ulid, List<String> hints) {
      return new Compaction(1, List.of(ulid), false, List.of(), false, hints);
    }

    public boolean hasHint(String hint) {
      return hints.contains(hint);
    }
  }

  public long duration() {
    return maxTime - minTime;
  }

  /** The reference to this block in the ones that are made of it. */
  public Parent asParent() {
    return new Parent(ulid, minTime, maxTime);
  }

  /** Whether there is a time that both blocks cover. */
  public boolean overlaps(BlockMeta other) {
    return minTime < other.maxTime && other.minTime < maxTime;
  }

  public BlockMeta withStats(Stats other) {
    return new BlockMeta(ulid, minTime, maxTime, other, compaction);
  }

  /** As {@link Compaction#failed}. */
  public BlockMeta asFailed() {
    Compaction c = compaction;
    return new BlockMeta(
        ulid,
        minTime,
        maxTime,
        stats,
        new Compaction(c.level, c.sources, c.deletable, c.parents, true, c.hints));
  }

  /** As {@link Compaction#deletable}. */
  public BlockMeta asDeletable() {
    Compaction c = compaction;
    return new BlockMeta(
        ulid,
        minTime,
        maxTime,
        stats,
        new Compaction(c.level, c.sources, true, c.parents, c.failed, c.hints));
  }
}
