package io.narthex.storage.tsdb.internal.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.api.storage.SampleBatch;
import io.narthex.model.histogram.CounterResetHint;
import io.narthex.model.histogram.Histogram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Chunks that others wrote are read; damaged ones are refused, or give something, and no more. */
class ChunkFuzzTest {

  private static final int ROUNDS = Integer.getInteger("narthex.stress.fuzz", 60_000);

  private static int read(XorReader reader, byte[] chunk) {
    int count = (chunk[0] & 0xFF) << 8 | (chunk[1] & 0xFF);
    byte[] buffer = reader.buffer(chunk.length);
    System.arraycopy(chunk, 0, buffer, 0, chunk.length);
    reader.reset(chunk.length, count);
    SampleBatch batch = new SampleBatch(64);
    int n = 0;
    while (reader.hasRemaining()) {
      batch.clear();
      reader.read(batch);
      n += batch.size;
    }
    return n;
  }

  /** A chunk as the specification has it: 1000 → 1, 2000 → 1, 3000 → 2. */
  private static byte[] sample() {
    BitBuffer b = new BitBuffer();
    b.put(3, 16);
    b.put(0xD00F, 16); // zigzag of 1000 is 2000
    b.put(Double.doubleToRawLongBits(1), 64);
    b.put(0xE807, 16);
    b.put(0, 1);
    b.put(0, 1);
    b.put(3, 2);
    long xor = Double.doubleToRawLongBits(1) ^ Double.doubleToRawLongBits(2);
    int lead = Long.numberOfLeadingZeros(xor);
    int trail = Long.numberOfTrailingZeros(xor);
    b.put(lead, 5);
    b.put(64 - lead - trail, 6);
    b.put(xor >>> trail, 64 - lead - trail);
    return java.util.Arrays.copyOf(b.array(), b.length());
  }

  @Test
  void readsTheSpecifiedBits() {
    XorReader reader = new XorReader();
    byte[] chunk = sample();
    System.arraycopy(chunk, 0, reader.buffer(chunk.length), 0, chunk.length);
    reader.reset(chunk.length, 3);
    SampleBatch batch = new SampleBatch(4);
    reader.read(batch);
    assertThat(batch.size).isEqualTo(3);
    assertThat(batch.timestamps).startsWith(1000, 2000, 3000);
    assertThat(batch.values).startsWith(1, 1, 2);
  }

  @Test
  void survivesDamagedFloats() {
    Random random = new Random(1);
    XorReader reader = new XorReader();
    int refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] chunk = new byte[2 + random.nextInt(60)];
      random.nextBytes(chunk);
      chunk[0] = 0;
      try {
        assertThat(read(reader, chunk)).isLessThan(256);
      } catch (IllegalStateException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void survivesDamagedHistograms() {
    Random random = new Random(2);
    Histogram h =
        new Histogram(
            CounterResetHint.UNKNOWN,
            0,
            0.1,
            1,
            7,
            3,
            new int[] {0, 2, 3, 1},
            new int[] {1, 1},
            new long[] {1, 1, -1},
            new long[] {2},
            new double[0]);
    for (boolean floats : new boolean[] {false, true}) {
      HistogramChunk chunk =
          floats
              ? HistogramChunk.of(h.toFloat(), HistogramChunk.Reset.UNKNOWN)
              : HistogramChunk.of(h, HistogramChunk.Reset.UNKNOWN);
      for (int i = 0; i < 5; i++) {
        if (floats) {
          chunk.add(1000 + i, h.toFloat());
        } else {
          chunk.add(1000 + i, h);
        }
      }
      int refused = 0;
      for (int i = 0; i < ROUNDS / 4; i++) {
        byte[] data = java.util.Arrays.copyOf(chunk.array(), chunk.length());
        for (int k = random.nextInt(4); k >= 0; k--) {
          data[2 + random.nextInt(data.length - 2)] = (byte) random.nextInt();
        }
        int length = random.nextBoolean() ? data.length : random.nextInt(data.length);
        try {
          HistogramReader reader = new HistogramReader(chunk.encoding(), data, length, 5);
          SampleBatch batch = new SampleBatch();
          reader.read(batch);
          assertThat(batch.size).isEqualTo(5);
        } catch (IllegalStateException e) {
          refused++;
        }
      }
      assertThat(refused).isGreaterThan(ROUNDS / 40);
    }
    assertThatThrownBy(() -> new HistogramReader(2, new byte[2], 2, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  /** All chunks of a block that the reference wrote: lengths, checksums and times agree. */
  @Test
  void readsTheReferencesChunks() throws IOException {
    Path root = Path.of("").toAbsolutePath();
    String named = System.getProperty("NARTHEX_CONFORMANCE", System.getenv("NARTHEX_CONFORMANCE"));
    Path folder = named == null ? null : Path.of(named);
    for (Path at = root; folder == null && at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("../shared/conformance"))) {
        folder = at.resolve("../shared/conformance");
      }
    }
    Assumptions.assumeTrue(
        folder != null && Files.isDirectory(folder.resolve("tsdb")), "no conformance data");
    byte[] file = Files.readAllBytes(folder.resolve("tsdb/index_format_v1/chunks/000001"));
    XorReader reader = new XorReader();
    int at = 8;
    int chunks = 0;
    while (at < file.length) {
      int length = 0;
      int shift = 0;
      int b;
      do {
        b = file[at++];
        length |= (b & 0x7F) << shift;
        shift += 7;
      } while (b < 0);
      assertThat(file[at]).isEqualTo((byte) XorFormat.ENCODING);
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(file, at, length + 1);
      byte[] chunk = java.util.Arrays.copyOfRange(file, at + 1, at + 1 + length);
      at += 1 + length;
      assertThat((int) crc.getValue()).isEqualTo(ByteBuffer.wrap(file).getInt(at));
      at += 4;
      assertThat(read(reader, chunk)).isEqualTo((chunk[0] & 0xFF) << 8 | (chunk[1] & 0xFF));
      chunks++;
    }
    assertThat(chunks).isPositive();
  }
}
