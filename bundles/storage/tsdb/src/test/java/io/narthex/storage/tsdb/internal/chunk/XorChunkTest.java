package io.narthex.storage.tsdb.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.SampleBatch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class XorChunkTest {

  private final XorChunk chunk = new XorChunk();
  private final XorReader reader = new XorReader();

  @Test
  void whatIsWrittenIsRead() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(400);
      long[] times = new long[n];
      double[] values = new double[n];
      long t = random.nextLong(-1_000_000_000_000L, 2_000_000_000_000L);
      chunk.clear();
      for (int i = 0; i < n; i++) {
        t += 1 + (random.nextInt(10) == 0 ? random.nextLong(1L << 40) : 15_000);
        times[i] = t;
        values[i] =
            switch (random.nextInt(4)) {
              case 0 -> i == 0 ? 1 : values[i - 1];
              case 1 -> random.nextInt(100);
              case 2 -> random.nextDouble();
              default -> Double.longBitsToDouble(random.nextLong());
            };
        chunk.add(t, values[i]);
      }
      byte[] out = chunk.toByteArray();
      assertThat(out).hasSize(chunk.length()).startsWith(n >> 8, n & 0xFF);
      assertThat(java.util.Arrays.copyOf(chunk.array(), chunk.length())).isEqualTo(out);
      System.arraycopy(out, 0, reader.buffer(out.length), 0, out.length);
      reader.reset(out.length, n);
      SampleBatch batch = new SampleBatch(n);
      reader.read(batch);
      assertThat(reader.hasRemaining()).isFalse();
      assertThat(batch.timestamps).isEqualTo(times);
      for (int i = 0; i < n; i++) {
        assertThat(Double.doubleToRawLongBits(batch.values[i]))
            .isEqualTo(Double.doubleToRawLongBits(values[i]));
      }
    }
  }

  @Test
  void itCountsNoMoreThanItCan() {
    for (int i = 0; i < XorChunk.MAX_SAMPLES; i++) {
      chunk.add(i, 1.0);
    }
    assertThat(chunk.toByteArray()).startsWith(0xFF, 0xFF);
    assertThatThrownBy(() -> chunk.add(XorChunk.MAX_SAMPLES, 1.0))
        .isInstanceOf(IllegalStateException.class);
  }
}
