package io.narthex.storage.tsdb.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.StaleMarker;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Xor2Test {

  private static final double STALE = Double.longBitsToDouble(StaleMarker.BITS);

  /** Time, bits of the value and start timestamp of each sample. */
  private static long[][] decode(byte[] chunk, int capacity) {
    ChunkDecoder decoder = new ChunkDecoder();
    byte[] padded = Arrays.copyOf(chunk, chunk.length + XorReader.PADDING);
    decoder.reset(Xor2Format.ENCODING, padded, chunk.length);
    SampleBatch batch = new SampleBatch(capacity);
    int n = (chunk[0] & 0xFF) << 8 | (chunk[1] & 0xFF);
    long[][] out = new long[n][];
    int at = 0;
    while (decoder.hasRemaining()) {
      batch.clear();
      decoder.read(batch);
      for (int i = 0; i < batch.size; i++) {
        out[at++] =
            new long[] {
              batch.timestamps[i],
              Double.doubleToRawLongBits(batch.values[i]),
              batch.startTimestamps == null ? 0 : batch.startTimestamps[i]
            };
      }
    }
    assertThat(at).isEqualTo(n);
    return out;
  }

  private static long[][] random(Random random, int n, int starts) {
    long[][] samples = new long[n][];
    long t = random.nextLong(2_000_000_000_000L) - 1_000_000_000L;
    long step = 15_000;
    double v = random.nextInt(100);
    long start = starts == 0 ? 0 : t - 5000;
    for (int i = 0; i < n; i++) {
      if (random.nextInt(4) == 0) {
        step =
            switch (random.nextInt(5)) {
              case 0 -> 15_000;
              case 1 -> 15_000 + random.nextInt(8000) - 4000;
              case 2 -> 1 + random.nextInt(1_000_000);
              case 3 -> 1 + random.nextLong(1L << 40);
              default -> 1;
            };
      }
      t += step;
      v =
          switch (random.nextInt(6)) {
            case 0 -> v;
            case 1 -> v + 1;
            case 2 -> random.nextDouble();
            case 3 -> STALE;
            case 4 -> Double.longBitsToDouble(random.nextLong());
            default -> -v;
          };
      if (starts == 2 && random.nextInt(10) == 0) {
        start = random.nextBoolean() ? 0 : t - random.nextInt(100_000);
      }
      samples[i] = new long[] {t, Double.doubleToRawLongBits(v), start};
    }
    return samples;
  }

  @Test
  void givesBackWhatWasPut() {
    Random random = new Random(7);
    Xor2Chunk chunk = new Xor2Chunk();
    for (int round = 0; round < 600; round++) {
      long[][] samples = random(random, 1 + random.nextInt(300), round % 3);
      chunk.clear();
      for (long[] s : samples) {
        chunk.add(s[0], Double.longBitsToDouble(s[1]), s[2]);
      }
      byte[] bytes = chunk.toByteArray();
      assertThat(decode(bytes, 1 + random.nextInt(300))).isDeepEqualTo(samples);
    }
  }

  /** Bit by bit by hand: the limits of what each prefix holds. */
  @Test
  void hasTheFormat() {
    Xor2Chunk chunk = new Xor2Chunk();
    chunk.add(1, 1, 0);
    chunk.add(2, 1, 0);
    chunk.add(3, 1, 0); // 0
    chunk.add(4, STALE, 0); // 11111
    chunk.add(5 + 4095, 1, 0); // 110 0111111111111 0
    assertThat(HexFormat.of().formatHex(chunk.toByteArray()))
        .isEqualTo(
            "000500" // five samples, no start timestamps
                + "02" // time 1
                + "3ff0000000000000"
                + "01" // one later
                // 0 same value, 0, 11111, then 1
                + "3f"
                + "9f"
                + "fe");
  }

  @Test
  void refusesDamage() {
    Random random = new Random(11);
    Xor2Chunk chunk = new Xor2Chunk();
    for (long[] s : random(random, 200, 2)) {
      chunk.add(s[0], Double.longBitsToDouble(s[1]), s[2]);
    }
    byte[] whole = chunk.toByteArray();
    assertThatThrownBy(() -> decode(Arrays.copyOf(whole, 2), 10))
        .isInstanceOf(IllegalStateException.class);
    for (int length = 3; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decode(cut, 100)).isInstanceOf(IllegalStateException.class);
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = whole.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(decode(damaged, 64)).isNotNull();
      } catch (IllegalStateException e) {
        assertThat(e).hasMessageContaining("XOR2");
      }
    }
  }
}
