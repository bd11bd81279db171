package io.narthex.storage.tsdb.internal.compact;

import static io.narthex.storage.tsdb.internal.compact.Metas.block;
import static io.narthex.storage.tsdb.internal.compact.Metas.deleted;
import static io.narthex.storage.tsdb.internal.compact.Metas.hinted;
import static io.narthex.storage.tsdb.internal.compact.Metas.level;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompactionPlannerTest {

  private static final long HOUR = 3_600_000;

  /** Ranges of 20, 60, 180, 540 and 1620. */
  private final CompactionPlanner planner =
      new CompactionPlanner(CompactionRanges.of(20, 1620), true, b -> false);

  /** The minTimes of the blocks that are chosen, in whatever order they are given. */
  private static List<Long> plan(CompactionPlanner planner, BlockMeta... blocks) {
    List<BlockMeta> shuffled = new ArrayList<>(Arrays.asList(blocks));
    Collections.shuffle(shuffled, new Random(blocks.length));
    return planner.plan(shuffled).stream().map(BlockMeta::minTime).toList();
  }

  private List<Long> plan(BlockMeta... blocks) {
    return plan(planner, blocks);
  }

  @Test
  void ranges() {
    assertThat(CompactionRanges.of(2 * HOUR, 31 * 24 * HOUR).toString())
        .isEqualTo("[7200000, 21600000, 64800000, 194400000, 583200000, 1749600000]");
    assertThat(CompactionRanges.of(2 * HOUR, 36 * HOUR).count()).isEqualTo(3);
    assertThat(CompactionRanges.of(2 * HOUR, HOUR).count()).isEqualTo(1);
    assertThat(CompactionRanges.of(1, Long.MAX_VALUE).count()).isEqualTo(10);
    assertThat(CompactionRanges.of(Long.MAX_VALUE / 2, Long.MAX_VALUE).count()).isEqualTo(1);
  }

  @Test
  void nothingToDo() {
    assertThat(plan()).isEmpty();
    assertThat(plan(block(1, 0, 20))).isEmpty();
    assertThat(plan(block(1, 0, 20), block(2, 20, 40))).isEmpty();
    // A fourth block is needed before the first three become one.
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 40, 60))).isEmpty();
  }

  @Test
  void aFullRange() {
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 40, 60), block(4, 60, 80)))
        .containsExactly(0L, 20L, 40L);
    // The fresh block is not counted, however long ago it begins.
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 40, 60), block(4, 120, 180)))
        .containsExactly(0L, 20L, 40L);
  }

  @Test
  void aRangeWithAGapWaitsUntilNothingComes() {
    // Block 40 to 60 may still come: the newest but one begins at 20.
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 60, 80))).isEmpty();
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 60, 80), block(4, 80, 100)))
        .containsExactly(0L, 20L);
    // From edge to edge, it is full.
    assertThat(plan(block(1, 0, 20), block(2, 40, 60), block(3, 60, 80))).containsExactly(0L, 40L);
  }

  @Test
  void higherLevels() {
    assertThat(
            plan(
                block(1, 0, 60),
                block(2, 60, 120),
                block(3, 120, 180),
                block(4, 180, 200),
                block(5, 200, 220)))
        .containsExactly(0L, 60L, 120L);
    // The smallest range goes first.
    assertThat(
            plan(
                block(1, 0, 60),
                block(2, 60, 120),
                block(3, 120, 180),
                block(4, 180, 200),
                block(5, 200, 220),
                block(6, 220, 240),
                block(7, 240, 260)))
        .containsExactly(180L, 200L, 220L);
  }

  @Test
  void aBlockThatLiesInNoRangeIsPassedOver() {
    assertThat(plan(block(1, 0, 20), block(2, 50, 70), block(3, 80, 100), block(4, 100, 120)))
        .isEmpty();
    assertThat(
            plan(
                block(1, 10, 75),
                block(2, 80, 100),
                block(3, 100, 120),
                block(4, 120, 140),
                block(5, 140, 160)))
        .containsExactly(80L, 100L);
  }

  @Test
  void timesBeforeTheEpoch() {
    assertThat(plan(block(1, -60, -40), block(2, -40, -20), block(3, -20, 0), block(4, 0, 20)))
        .containsExactly(-60L, -40L, -20L);
  }

  @Test
  void failedBlocksKeepTheirGroup() {
    assertThat(
            plan(block(1, 0, 20), block(2, 20, 40).asFailed(), block(3, 40, 60), block(4, 60, 80)))
        .isEmpty();
    assertThat(
            plan(
                block(1, 0, 20),
                block(2, 20, 40).asFailed(),
                block(3, 40, 60),
                block(4, 60, 80),
                block(5, 80, 100),
                block(6, 100, 120),
                block(7, 120, 140)))
        .containsExactly(60L, 80L, 100L);
  }

  @Test
  void overlapsComeFirst() {
    assertThat(
            plan(
                block(1, 0, 20),
                block(2, 20, 40),
                block(3, 40, 60),
                block(4, 60, 80),
                block(5, 70, 90)))
        .containsExactly(60L, 70L);
    // A chain of overlaps, and one that lies within an older one.
    assertThat(plan(block(1, 0, 20), block(2, 10, 50), block(3, 20, 30), block(4, 45, 60)))
        .containsExactly(0L, 10L, 20L, 45L);
    // Only the first of two chains.
    assertThat(plan(block(1, 0, 20), block(2, 19, 40), block(3, 40, 60), block(4, 50, 80)))
        .containsExactly(0L, 19L);
    // Even the newest block.
    assertThat(plan(block(1, 0, 20), block(2, 0, 20))).containsExactly(0L, 0L);
  }

  @Test
  void overlapsAreLeftAloneIfToldSo() {
    CompactionPlanner strict =
        new CompactionPlanner(CompactionRanges.of(20, 1620), false, b -> false);
    assertThat(plan(strict, block(1, 0, 20), block(2, 10, 20))).isEmpty();
  }

  @Test
  void whatWasMuchDeleted() {
    BlockMeta fresh = block(9, 2000, 2020);
    // Above a twentieth, of a block of at least the middle range.
    assertThat(plan(deleted(block(1, 0, 540), 10, 10), fresh)).containsExactly(0L);
    assertThat(plan(deleted(block(1, 0, 540), 1, 18), fresh)).containsExactly(0L);
    assertThat(plan(deleted(block(1, 0, 540), 1, 19), fresh)).isEmpty();
    assertThat(plan(deleted(block(1, 0, 179), 5, 10), fresh)).isEmpty();
    // A small block if all was deleted.
    assertThat(plan(deleted(block(1, 0, 60), 10, 10), fresh)).containsExactly(0L);
    // The newest such first; a small block ends the search.
    assertThat(plan(deleted(block(1, 0, 540), 9, 9), deleted(block(2, 540, 1080), 9, 9), fresh))
        .containsExactly(540L);
    assertThat(plan(deleted(block(1, 0, 540), 9, 9), block(2, 1080, 1100), fresh)).isEmpty();
    // The newest block is never one.
    assertThat(plan(deleted(block(1, 0, 540), 9, 9))).isEmpty();
  }

  @Test
  void hintedBlocksArePlannedApart() {
    BlockMeta stale1 = hinted(block(1, 0, 20), BlockMeta.FROM_STALE_SERIES);
    BlockMeta stale2 = hinted(block(2, 0, 20), BlockMeta.FROM_STALE_SERIES);
    BlockMeta selected = hinted(block(3, 0, 20), BlockMeta.FROM_SELECTED_SERIES);
    BlockMeta late = hinted(block(4, 0, 20), BlockMeta.FROM_OUT_OF_ORDER);
    assertThat(planner.plan(List.of(stale1, selected, block(5, 0, 20)))).isEmpty();
    assertThat(planner.plan(List.of(stale1, stale2, selected))).containsExactly(stale1, stale2);
    assertThat(planner.plan(List.of(stale1, stale2, late, block(5, 0, 20))))
        .containsExactly(late, block(5, 0, 20));
  }

  @Test
  void lateBlocksWaitForTheHead() {
    BlockMeta late = hinted(block(9, 40, 60), BlockMeta.FROM_OUT_OF_ORDER);
    BlockMeta newest = hinted(block(10, 60, 80), BlockMeta.FROM_OUT_OF_ORDER);
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), late, newest)).isEmpty();
    assertThat(plan(block(1, 0, 20), block(2, 20, 40), block(3, 40, 60), late, newest))
        .containsExactly(40L, 40L);
    // Among themselves they keep their hint.
    assertThat(plan(late, hinted(block(8, 50, 60), BlockMeta.FROM_OUT_OF_ORDER)))
        .containsExactly(40L, 50L);
  }

  @Test
  void excludedBlocksEndThePlan() {
    CompactionPlanner keeping =
        new CompactionPlanner(
            CompactionRanges.of(20, 1620), true, b -> b.minTime() == 40 && b.maxTime() == 60);
    assertThat(plan(keeping, block(1, 0, 20), block(2, 20, 40), block(3, 40, 60), block(4, 60, 80)))
        .isEmpty();
    assertThat(plan(keeping, block(1, 0, 20), block(2, 10, 30), block(3, 40, 60)))
        .containsExactly(0L, 10L);
    assertThat(plan(keeping, block(3, 40, 60), block(4, 60, 80), block(4, 70, 80))).isEmpty();
  }

  @Test
  void metaOfTheNewBlock() {
    BlockMeta a = block(1, 0, 20);
    BlockMeta b = level(block(2, 10, 60), 3, a.ulid(), block(7, 0, 1).ulid());
    BlockMeta c = block(3, 20, 40);
    BlockMeta made = CompactedMeta.of(block(9, 0, 0).ulid(), List.of(b, c, a));
    assertThat(made.minTime()).isEqualTo(0);
    assertThat(made.maxTime()).isEqualTo(60);
    assertThat(made.compaction().level()).isEqualTo(4);
    assertThat(made.compaction().sources())
        .containsExactly(a.ulid(), c.ulid(), block(7, 0, 1).ulid());
    assertThat(made.compaction().parents())
        .containsExactly(a.asParent(), b.asParent(), c.asParent());
    assertThat(made.compaction().hints()).isEmpty();
  }

  @Test
  void aHintStaysIfAllHaveIt() {
    BlockMeta late1 = hinted(block(1, 0, 20), BlockMeta.FROM_OUT_OF_ORDER);
    BlockMeta late2 = hinted(block(2, 20, 40), BlockMeta.FROM_OUT_OF_ORDER);
    BlockMeta plain = block(3, 40, 60);
    assertThat(CompactedMeta.of(plain.ulid(), List.of(late1, late2)).compaction().hints())
        .containsExactly(BlockMeta.FROM_OUT_OF_ORDER);
    assertThat(CompactedMeta.of(plain.ulid(), List.of(late1, plain)).compaction().hints())
        .isEmpty();
    assertThat(CompactedMeta.of(plain.ulid(), List.of(plain, late1)).compaction().hints())
        .isEmpty();
  }
}
