package io.narthex.storage.tsdb.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
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

  /** Histograms' chunks with start timestamps are the others with a header of another shape. */
  @Test
  void histogramsHaveThemToo() {
    Histogram h =
        new Histogram(
            CounterResetHint.UNKNOWN,
            0,
            0,
            0,
            3,
            1.5,
            new int[] {0, 1},
            new int[0],
            new long[] {3},
            new long[0],
            new double[0]);
    HistogramChunk without = HistogramChunk.of(h, HistogramChunk.Reset.GAUGE);
    without.add(1000, h);
    byte[] data = Arrays.copyOf(without.array(), without.length());
    byte[] with = Arrays.copyOf(data, data.length + 4 + XorReader.PADDING);
    // The flags go above the count, and in their place stands that the first one is known.
    with[0] = (byte) (data[2] & 0xC0);
    with[2] = (byte) 0x80;
    // Its distance is a varint behind the last bit, wherever that is: 800 = 0xC0 0x0C zigzag.
    int bits = usedBits(h);
    put(with, bits, 0xC0, 8);
    put(with, bits + 8, 0x0C, 8);
    ChunkDecoder decoder = new ChunkDecoder();
    decoder.reset(HistogramChunk.ST_ENCODING, with, data.length + 4);
    SampleBatch batch = new SampleBatch();
    decoder.read(batch);
    assertThat(batch.size).isEqualTo(1);
    assertThat(batch.timestamps[0]).isEqualTo(1000);
    assertThat(batch.histograms).isNotNull();
    assertThat(batch.histograms[0].hint()).isEqualTo(CounterResetHint.GAUGE);
    assertThat(batch.histograms[0].count()).isEqualTo(3);
    assertThat(batch.startTimestamps).isNotNull().startsWith(200);
  }

  /** Bits of a chunk with that histogram at 1000, counted by hand. */
  private static int usedBits(Histogram h) {
    int header = 24 + 8 + 1;
    int spans = 5 + 5 + 1 + 1;
    int time = 5 + 12;
    int counts = 5 + 1;
    int buckets = 5 * h.positiveDeltas().length;
    return header + spans + time + counts + 64 + buckets;
  }

  private static void put(byte[] data, int position, int bits, int n) {
    for (int i = 0; i < n; i++) {
      int at = position + i;
      int mask = 0x80 >>> (at & 7);
      if ((bits >>> (n - 1 - i) & 1) != 0) {
        data[at >>> 3] |= (byte) mask;
      } else {
        data[at >>> 3] &= (byte) ~mask;
      }
    }
  }
}
