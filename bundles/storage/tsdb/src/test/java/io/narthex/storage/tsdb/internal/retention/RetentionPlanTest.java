package io.narthex.storage.tsdb.internal.retention;

import static io.narthex.storage.tsdb.internal.compact.Metas.block;
import static io.narthex.storage.tsdb.internal.compact.Metas.child;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.block.BlockMeta;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan.Reason;
import io.narthex.storage.tsdb.internal.retention.RetentionPlan.Sized;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetentionPlanTest {

  private final BlockMeta a = block(1, 0, 100);
  private final BlockMeta b = block(2, 100, 200);
  private final BlockMeta c = block(3, 200, 300);
  private final List<Sized> blocks = List.of(new Sized(a, 10), new Sized(c, 30), new Sized(b, 20));

  @Test
  void noBounds() {
    RetentionPlan plan = RetentionPlan.of(blocks, 0, 0, 1000);
    assertThat(plan.reasons()).isEmpty();
    assertThat(plan.byTime()).isFalse();
    assertThat(plan.bySize()).isFalse();
    assertThat(RetentionPlan.of(List.of(), 1, 1, 1000).reasons()).isEmpty();
  }

  @Test
  void byTime() {
    assertThat(RetentionPlan.of(blocks, 201, 0, 0).reasons()).isEmpty();
    RetentionPlan plan = RetentionPlan.of(blocks, 200, 0, 0);
    assertThat(plan.reasons()).containsOnlyKeys(a.ulid());
    assertThat(plan.deletes(a.ulid())).isTrue();
    assertThat(plan.byTime()).isTrue();
    assertThat(plan.bySize()).isFalse();
    // The newest always stays.
    assertThat(RetentionPlan.of(blocks, 1, 0, 0).reasons()).containsOnlyKeys(a.ulid(), b.ulid());
  }

  @Test
  void bySize() {
    assertThat(RetentionPlan.of(blocks, 0, 60, 0).reasons()).isEmpty();
    assertThat(RetentionPlan.of(blocks, 0, 59, 0).reasons())
        .containsExactly(java.util.Map.entry(a.ulid(), Reason.TOO_LARGE));
    // Logs and head chunks count.
    assertThat(RetentionPlan.of(blocks, 0, 60, 11).reasons()).containsOnlyKeys(a.ulid(), b.ulid());
    // What is older than a block that is too much goes with it, though it would fit.
    assertThat(RetentionPlan.of(blocks, 0, 45, 0).reasons()).containsOnlyKeys(a.ulid(), b.ulid());
    RetentionPlan all = RetentionPlan.of(blocks, 0, 5, 6);
    assertThat(all.reasons()).containsOnlyKeys(a.ulid(), b.ulid(), c.ulid());
    assertThat(all.bySize()).isTrue();
    assertThat(all.byTime()).isFalse();
  }

  @Test
  void whatWasCompactedGoesAndDoesNotCount() {
    BlockMeta d = child(block(4, 0, 200), a, b);
    List<Sized> all =
        List.of(new Sized(a, 10), new Sized(b, 20), new Sized(c, 30), new Sized(d, 25));
    RetentionPlan plan = RetentionPlan.of(all, 0, 55, 0);
    assertThat(plan.reasons())
        .containsOnly(
            java.util.Map.entry(a.ulid(), Reason.COMPACTED),
            java.util.Map.entry(b.ulid(), Reason.COMPACTED));
    assertThat(plan.bySize()).isFalse();
    assertThat(RetentionPlan.of(List.of(new Sized(c.asDeletable(), 1)), 0, 0, 0).reasons())
        .containsOnly(java.util.Map.entry(c.ulid(), Reason.COMPACTED));
  }

  @Test
  void limits() {
    assertThat(new RetentionLimits(5, 100, 0).bytes(1000)).isEqualTo(100);
    assertThat(new RetentionLimits(5, 100, 80).bytes(1000)).isEqualTo(800);
    assertThat(new RetentionLimits(5, 100, 0.5).bytes(1000)).isEqualTo(5);
    assertThat(new RetentionLimits(5, 100, 80).bytes(0)).isEqualTo(100);
    assertThat(new RetentionLimits(Long.MAX_VALUE, 0, 0).time())
        .isEqualTo(100L * 365 * 24 * 3_600_000);
  }
}
