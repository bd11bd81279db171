package io.narthex.storage.tsdb.internal.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.SampleBatch;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalsTest {

  @Test
  void likeASetOfTimes() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 500; round++) {
      BitSet set = new BitSet();
      Intervals intervals = Intervals.NONE;
      for (int i = 0; i < 12; i++) {
        int start = random.nextInt(100);
        int end = start + random.nextInt(12) - 1;
        set.set(start, Math.max(start, end + 1));
        intervals = intervals.with(start, end);
      }
      for (int t = 0; t < 120; t++) {
        assertThat(intervals.has(t)).isEqualTo(set.get(t));
      }
      for (int i = 0; i < 50; i++) {
        int a = random.nextInt(120);
        int b = a + random.nextInt(20);
        int there = set.get(a, b + 1).cardinality();
        assertThat(intervals.overlaps(a, b)).isEqualTo(there > 0);
        assertThat(intervals.covers(a, b)).isEqualTo(there == b - a + 1);
        Intervals part = intervals.within(a, b);
        for (int t = 0; t < 120; t++) {
          assertThat(part.has(t)).isEqualTo(set.get(t) && t >= a && t <= b);
        }
      }
      for (int i = 1; i < intervals.count(); i++) {
        assertThat(intervals.start(i)).isGreaterThan(intervals.end(i - 1) + 1);
      }
    }
  }

  @Test
  void allOfTime() {
    Intervals all = Intervals.of(Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(all.with(0, 5).with(Intervals.of(Long.MAX_VALUE, Long.MAX_VALUE))).isEqualTo(all);
    Intervals ends =
        Intervals.of(Long.MIN_VALUE, Long.MIN_VALUE).with(Long.MAX_VALUE, Long.MAX_VALUE);
    assertThat(ends.count()).isEqualTo(2);
    assertThat(ends.with(Long.MIN_VALUE + 1, Long.MAX_VALUE - 1)).isEqualTo(all);
    assertThat(ends.with(5, 4)).isSameAs(ends);
    assertThat(all.covers(Long.MIN_VALUE, Long.MAX_VALUE)).isTrue();
  }

  @Test
  void takesSamplesOut() {
    SampleBatch batch = new SampleBatch(8);
    for (int i = 0; i < 8; i++) {
      batch.add(i, i * 10.0);
    }
    assertThat(Intervals.of(2, 3).with(6, 9).remove(batch, 7)).isEqualTo(4);
    assertThat(batch.timestamps).startsWith(0, 1, 4, 5);
    assertThat(batch.values).startsWith(0, 10, 40, 50);
  }
}
