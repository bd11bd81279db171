package io.narthex.storage.merge.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.SampleBatch;
import io.narthex.api.storage.SampleCursor;
import io.narthex.api.storage.Series;
import io.narthex.model.Labels;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.FloatHistogram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CursorsTest {

  private static final Labels LABELS = Labels.of("a", "b");

  /** A series of listed samples, given in batches of a few; every seventh is a histogram. */
  private record Listed(List<Long> times, double value, int step) implements Series {
    @Override
    public Labels labels() {
      return LABELS;
    }

    @Override
    public SampleCursor cursor(@Nullable SampleCursor reuse) {
      return new SampleCursor() {
        private int at;

        @Override
        public boolean next(SampleBatch batch) {
          batch.clear();
          while (at < times.size() && batch.size < step && !batch.isFull()) {
            long t = times.get(at++);
            if (t % 7 == 0) {
              batch.add(t, histogram(value));
            } else {
              batch.add(t, value);
            }
            if (t % 5 == 0) {
              if (batch.startTimestamps == null) {
                batch.startTimestamps = new long[batch.capacity()];
              }
              batch.startTimestamps[batch.size - 1] = t - 1;
            }
          }
          return batch.size > 0;
        }

        @Override
        public void seek(long timestamp) {
          while (at < times.size() && times.get(at) < timestamp) {
            at++;
          }
        }
      };
    }
  }

  private static FloatHistogram histogram(double count) {
    int[] none = {};
    double[] nothing = {};
    return new FloatHistogram(
        CounterResetHint.UNKNOWN, 0, 0, 0, count, 0, none, none, nothing, nothing, nothing);
  }

  /** Every sample that is left as text. */
  private static List<String> read(SampleCursor cursor, SampleBatch batch) throws IOException {
    List<String> out = new ArrayList<>();
    while (cursor.next(batch)) {
      assertThat(batch.size).isPositive();
      for (int i = 0; i < batch.size; i++) {
        FloatHistogram h = batch.histograms == null ? null : batch.histograms[i];
        out.add(
            text(
                batch.timestamps[i],
                h == null ? batch.values[i] : h.count(),
                batch.startTimestamps == null ? 0 : batch.startTimestamps[i]));
        assertThat(h != null).isEqualTo(batch.timestamps[i] % 7 == 0);
      }
    }
    assertThat(batch.size).isZero();
    return out;
  }

  private static String text(long t, double v, long start) {
    return t + "=" + v + "<" + start;
  }

  private static List<Long> times(Random random, long from, long to) {
    List<Long> out = new ArrayList<>();
    int gap = 1 + random.nextInt(5);
    for (long t = from + random.nextInt(gap); t < to; t += 1 + random.nextInt(gap)) {
      out.add(t);
    }
    return out;
  }

  private static List<String> expected(List<Listed> parts, long from) {
    Map<Long, Double> samples = new TreeMap<>();
    for (Listed part : parts) {
      part.times.forEach(t -> samples.putIfAbsent(t, part.value));
    }
    List<String> out = new ArrayList<>();
    samples.forEach((t, v) -> {
      if (t >= from) {
        out.add(text(t, v, t % 5 == 0 ? t - 1 : 0));
      }
    });
    return out;
  }

  @Test
  void mergedTakesEachTimeOnceAndTheFirstSample() throws IOException {
    Random random = new Random(1);
    MergedCursor reused = null;
    for (int round = 0; round < 500; round++) {
      List<Listed> parts = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        long from = random.nextInt(300);
        List<Long> times = times(random, from, from + random.nextInt(300));
        parts.add(new Listed(times, i, 1 + random.nextInt(40)));
      }
      reused = MergedCursor.of(List.copyOf(parts), reused);
      SampleBatch batch = new SampleBatch(1 + random.nextInt(50));
      long from = 0;
      if (random.nextBoolean()) {
        from = random.nextInt(400);
        reused.seek(from);
      }
      assertThat(read(reused, batch)).isEqualTo(expected(parts, from));
    }
  }

  @Test
  void mergedSeeksInTheMiddle() throws IOException {
    Random random = new Random(2);
    for (int round = 0; round < 300; round++) {
      List<Listed> parts = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        parts.add(new Listed(times(random, 0, 300), i, 1 + random.nextInt(40)));
      }
      MergedCursor cursor = MergedCursor.of(List.copyOf(parts), null);
      SampleBatch batch = new SampleBatch(1 + random.nextInt(20));
      assertThat(cursor.next(batch)).isTrue();
      long last = batch.timestamps[batch.size - 1];
      long to = random.nextInt(350);
      cursor.seek(to);
      assertThat(read(cursor, batch)).isEqualTo(expected(parts, Math.max(to, last + 1)));
    }
  }

  @Test
  void chainedReadsOneAfterTheOther() throws IOException {
    Random random = new Random(3);
    ChainedCursor reused = null;
    for (int round = 0; round < 300; round++) {
      List<Listed> parts = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(4); i++) {
        parts.add(new Listed(times(random, i * 100L, i * 100L + 90), i, 1 + random.nextInt(40)));
      }
      reused = ChainedCursor.of(List.copyOf(parts), reused);
      long from = random.nextBoolean() ? 0 : random.nextInt(400);
      reused.seek(from);
      SampleBatch batch = new SampleBatch(1 + random.nextInt(50));
      assertThat(read(reused, batch)).isEqualTo(expected(parts, from));
    }
  }

  /** A part that lies about its range cannot make time go back. */
  @Test
  void chainedNeverGoesBack() throws IOException {
    ChainedCursor cursor =
        ChainedCursor.of(
            List.of(new Listed(List.of(1L, 2L, 8L), 1, 2), new Listed(List.of(3L, 8L, 9L), 2, 2)),
            null);
    assertThat(read(cursor, new SampleBatch(10)))
        .containsExactly("1=1.0<0", "2=1.0<0", "8=1.0<0", "9=2.0<0");
  }
}
