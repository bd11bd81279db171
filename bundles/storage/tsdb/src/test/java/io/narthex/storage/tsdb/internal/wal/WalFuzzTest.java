package io.narthex.storage.tsdb.internal.wal;

import static io.narthex.storage.tsdb.internal.wal.WalTestKit.batch;
import static io.narthex.storage.tsdb.internal.wal.WalTestKit.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.snappy.SnappyCompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.narthex.storage.tsdb.internal.disk.HastyDisk;
import io.narthex.storage.tsdb.internal.disk.MemoryDisk;
import io.narthex.storage.tsdb.internal.fuzz.Fuzz;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Damaged segments and compressed records are refused, or give something, and no more. */
@Timeout(1800)
class WalFuzzTest {

  private static final Path SEGMENT = Path.of("segment");

  @TempDir Path dir;

  private List<byte[]> segments() throws IOException {
    List<byte[]> out = new ArrayList<>();
    byte[] large = new byte[WalFormat.PAGE_SIZE + 100];
    for (int i = 0; i < large.length; i++) {
      large[i] = (byte) ((i * 7919) >> 5);
    }
    for (WalCompression c : WalCompression.values()) {
      for (byte[][] records :
          List.of(
              new byte[][] {bytes("one"), bytes("two".repeat(50)), bytes("")},
              new byte[][] {bytes("one"), large, bytes("three")})) {
        Path each = dir.resolve("log" + out.size());
        try (WalWriter w =
            WalWriter.open(each, 4 * WalFormat.PAGE_SIZE, new HastyDisk(), WalMetrics.NONE)) {
          w.write(List.of(batch(c, records)));
        }
        out.add(Files.readAllBytes(each.resolve("00000000")));
      }
    }
    return out;
  }

  /** Sets the checksums of fragments right that are where one follows the other. */
  private static void repair(byte[] segment) {
    CRC32C crc = new CRC32C();
    ByteBuffer b = ByteBuffer.wrap(segment);
    int at = 0;
    while (at + WalFormat.HEADER_SIZE <= segment.length) {
      int length = b.getShort(at + 1) & 0xFFFF;
      int end = at + WalFormat.HEADER_SIZE + length;
      if (end > segment.length || segment[at] == 0) {
        at = (at / WalFormat.PAGE_SIZE + 1) * WalFormat.PAGE_SIZE;
        continue;
      }
      crc.reset();
      crc.update(segment, at + WalFormat.HEADER_SIZE, length);
      b.putInt(at + 3, (int) crc.getValue());
      at = end;
      if (WalFormat.PAGE_SIZE - at % WalFormat.PAGE_SIZE < WalFormat.HEADER_SIZE) {
        at = (at / WalFormat.PAGE_SIZE + 1) * WalFormat.PAGE_SIZE;
      }
    }
  }

  @Test
  void survivesDamagedSegments() throws Exception {
    Fuzz.Result result =
        new Fuzz("segment", segments(), WalCorruptionException.class)
            .inputs(2000)
            .repairing(WalFuzzTest::repair)
            .run(input -> {
              try (SegmentReader reader =
                  new SegmentReader(new MemoryDisk().with(SEGMENT, input), SEGMENT, 0)) {
                long before = 0;
                while (reader.next()) {
                  assertThat(reader.goodEnd()).isBetween(before + 1, (long) input.length);
                  before = reader.goodEnd();
                  assertThat(reader.recordOffset() + reader.recordLength())
                      .isLessThanOrEqualTo(reader.record().length);
                }
              }
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  @Test
  void survivesDamagedCompression() throws Exception {
    List<byte[]> seeds = new ArrayList<>();
    byte[] text =
        bytes("a record of some length, which repeats itself, repeats itself. ".repeat(20));
    for (byte[] plain : List.of(text, bytes("short"), new byte[100_000])) {
      ZstdCompressor zstd = new ZstdCompressor();
      byte[] out = new byte[zstd.maxCompressedLength(plain.length)];
      int n = zstd.compress(plain, 0, plain.length, out, 0, out.length);
      seeds.add(flagged(WalFormat.ZSTD, out, n));
      SnappyCompressor snappy = new SnappyCompressor();
      out = new byte[snappy.maxCompressedLength(plain.length)];
      n = snappy.compress(plain, 0, plain.length, out, 0, out.length);
      seeds.add(flagged(WalFormat.SNAPPY, out, n));
    }
    Fuzz.Result result =
        new Fuzz("compression", seeds, RuntimeException.class)
            .run(input -> {
              if (input.length > 1) {
                int flag = (input[0] & 1) == 0 ? WalFormat.SNAPPY : WalFormat.ZSTD;
                RecordDecompressor d = new RecordDecompressor();
                int n = d.decompress(flag, input, 1, input.length - 1);
                assertThat(n).isBetween(0, d.out().length);
              }
            });
    assertThat(result.refused()).isBetween(result.tried() / 20, result.tried() - 1);
  }

  private static byte[] flagged(int flag, byte[] data, int length) {
    byte[] out = new byte[length + 1];
    out[0] = (byte) (flag == WalFormat.SNAPPY ? 0 : 1);
    System.arraycopy(data, 0, out, 1, length);
    return out;
  }
}
