package io.narthex.storage.tsdb.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.StaleMarker;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import io.narthex.storage.tsdb.internal.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole chunks of every encoding, changed in many ways, give samples or are refused. */
@Timeout(1800)
class DamagedChunksTest {

  private static final int MAX_SAMPLES = 2000;

  private static byte[] seed(int encoding, byte[] array, int length) {
    byte[] out = new byte[length + 1];
    out[0] = (byte) encoding;
    System.arraycopy(array, 0, out, 1, length);
    return out;
  }

  private static int samples(byte[] input) {
    return Math.min(MAX_SAMPLES, (input[1] & 0xFF) << 8 | (input[2] & 0xFF));
  }

  @Test
  void floats() throws Exception {
    Random random = new Random(5);
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      XorChunk chunk = new XorChunk();
      long t = 1_700_000_000_000L;
      for (int i = 0; i < 120; i++) {
        t += kind == 0 ? 15_000 : 15_000 + random.nextInt(1 << (4 * kind));
        double v = kind == 1 ? i : kind == 2 ? random.nextDouble() : 1;
        chunk.add(t, i % 50 == 49 ? StaleMarker.VALUE : v);
      }
      seeds.add(seed(XorFormat.ENCODING, chunk.array(), chunk.length()));
    }
    XorReader reader = new XorReader();
    SampleBatch batch = new SampleBatch(64);
    Fuzz.Result result =
        new Fuzz("xor", seeds, IllegalStateException.class)
            .run(input -> {
              if (input.length < 3) {
                return;
              }
              int length = input.length - 1;
              System.arraycopy(input, 1, reader.buffer(length), 0, length);
              reader.reset(length, samples(input));
              int n = 0;
              while (reader.hasRemaining()) {
                batch.clear();
                reader.read(batch);
                assertThat(batch.size).isPositive();
                n += batch.size;
              }
              assertThat(n).isEqualTo(samples(input));
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  private static Histogram histogram(Random random, int kind, long n) {
    int buckets = 1 + kind * 7;
    long[] deltas = new long[buckets];
    long sum = 0;
    long last = 0;
    for (int i = 0; i < buckets; i++) {
      long count = n + random.nextInt(5);
      deltas[i] = count - last;
      last = count;
      sum += count;
    }
    boolean custom = kind == 3;
    double[] bounds = new double[custom ? buckets : 0];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = i * 0.5;
    }
    return new Histogram(
        kind == 2 ? CounterResetHint.GAUGE : CounterResetHint.UNKNOWN,
        custom ? Histogram.CUSTOM_BUCKETS : kind,
        custom ? 0 : 0.001,
        custom ? 0 : n,
        sum + (custom ? 0 : n),
        n * 1.5,
        new int[] {0, buckets},
        new int[0],
        deltas,
        new long[0],
        bounds);
  }

  @Test
  void histograms() throws Exception {
    Random random = new Random(6);
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      Histogram first = histogram(random, kind, 1);
      HistogramChunk ints = HistogramChunk.of(first, HistogramChunk.Reset.UNKNOWN);
      HistogramChunk floats = HistogramChunk.of(first.toFloat(), HistogramChunk.Reset.UNKNOWN);
      for (int i = 1; i < 30; i++) {
        Histogram h = histogram(random, kind, i * 5L);
        ints.add(1000 + i * 15_000L, h);
        floats.add(1000 + i * 15_000L, h.toFloat());
      }
      seeds.add(seed(ints.encoding(), ints.array(), ints.length()));
      seeds.add(seed(floats.encoding(), floats.array(), floats.length()));
    }
    Fuzz.Result result =
        new Fuzz("histogram", seeds, IllegalStateException.class)
            .allocating(64 << 20)
            .run(input -> {
              if (input.length < 3) {
                return;
              }
              byte[] data = Arrays.copyOfRange(input, 1, input.length);
              int encoding =
                  (input[0] & 1) == 0 ? HistogramChunk.ENCODING : HistogramChunk.FLOAT_ENCODING;
              HistogramReader reader =
                  new HistogramReader(encoding, data, data.length, samples(input));
              SampleBatch batch = new SampleBatch(64);
              while (reader.hasRemaining()) {
                batch.clear();
                reader.read(batch);
                assertThat(batch.size).isPositive();
              }
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  /**
   * As blocks are read, whatever encoding they say; the two with start timestamps are made here.
   */
  @Test
  void everyEncoding() throws Exception {
    Random random = new Random(7);
    List<byte[]> seeds = new ArrayList<>();
    for (int kind = 0; kind < 4; kind++) {
      Xor2Chunk chunk = new Xor2Chunk();
      for (int i = 0; i < 150; i++) {
        double v =
            i % 40 == 39 ? StaleMarker.VALUE : kind == 0 ? 1 : random.nextInt(1 << (3 * kind));
        long since = kind < 2 ? 0 : 1_700_000_000_000L - (kind == 2 ? 5 : i / 20 * 1000L);
        chunk.add(1_700_000_000_000L + i * 15_000L + random.nextInt(1 + kind * 50), v, since);
      }
      byte[] data = chunk.toByteArray();
      seeds.add(seed(Xor2Format.ENCODING, data, data.length));
      Histogram h = histogram(random, kind, 3);
      for (boolean floats : new boolean[] {false, true}) {
        HistogramChunk some =
            floats
                ? HistogramChunk.of(h.toFloat(), HistogramChunk.Reset.UNKNOWN)
                : HistogramChunk.of(h, HistogramChunk.Reset.UNKNOWN);
        if (floats) {
          some.add(1000, h.toFloat());
        } else {
          some.add(1000, h);
        }
        seeds.add(seed(some.encoding(), some.array(), some.length()));
      }
    }
    Fuzz.Result result =
        new Fuzz("decoder", seeds, IllegalStateException.class)
            .allocating(64 << 20)
            .run(input -> {
              if (input.length < 1) {
                return;
              }
              int length = input.length - 1;
              // Padding as chunks of files have it.
              byte[] data = Arrays.copyOf(Arrays.copyOfRange(input, 1, input.length), length + 64);
              ChunkDecoder decoder = new ChunkDecoder();
              decoder.reset(input[0] & 7, data, length);
              SampleBatch batch = new SampleBatch(64);
              int n = 0;
              while (decoder.hasRemaining() && n < MAX_SAMPLES) {
                batch.clear();
                decoder.read(batch);
                n += batch.size;
              }
            });
    assertThat(result.refused()).isBetween(result.tried() / 50, result.tried() - 1);
  }
}
