package io.narthex.storage.tsdb.internal.wal;

import static io.narthex.storage.tsdb.internal.wal.WalTestKit.batch;
import static io.narthex.storage.tsdb.internal.wal.WalTestKit.bytes;
import static io.narthex.storage.tsdb.internal.wal.WalTestKit.readAll;
import static org.assertj.core.api.Assertions.assertThat;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a log, what is read of it is a beginning of what was written. */
class WalRepairTest {

  private static final int RECORDS = 6;

  @TempDir Path dir;

  private List<byte[]> write(Path to, WalCompression compression) throws IOException {
    List<byte[]> records = new ArrayList<>();
    try (WalWriter w =
        WalWriter.open(to, WalFormat.DEFAULT_SEGMENT_SIZE, Disk.SYSTEM, WalMetrics.NONE)) {
      for (int i = 0; i < RECORDS; i++) {
        records.add(bytes("record number " + i + " " + "abc".repeat(i)));
        w.write(List.of(batch(compression, records.getLast())));
      }
    }
    return records;
  }

  /** Reads; repairs at damage; reads again, which must then give the same without damage. */
  private static List<byte[]> readRepairing(Path log) throws IOException {
    try {
      return readAll(log);
    } catch (WalCorruptionException e) {
      WalRepair.repair(Disk.SYSTEM, log, e);
      return readAll(log);
    }
  }

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void keepsABeginningWhereverTheFileStops(WalCompression compression) throws IOException {
    Path whole = dir.resolve("whole");
    List<byte[]> records = write(whole, compression);
    byte[] file = Files.readAllBytes(whole.resolve("00000000"));
    Path torn = Files.createDirectories(dir.resolve("torn"));
    int before = 0;
    for (int length = 0; length <= file.length; length++) {
      Files.write(torn.resolve("00000000"), java.util.Arrays.copyOf(file, length));
      List<byte[]> read = readRepairing(torn);
      assertThat(read).containsExactly(records.subList(0, read.size()).toArray(byte[][]::new));
      assertThat(read.size()).isGreaterThanOrEqualTo(before);
      before = read.size();
    }
    assertThat(before).isEqualTo(records.size());
  }

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void keepsABeginningWhicheverByteIsWrong(WalCompression compression) throws IOException {
    Path whole = dir.resolve("whole");
    List<byte[]> records = write(whole, compression);
    byte[] file = Files.readAllBytes(whole.resolve("00000000"));
    Path damaged = Files.createDirectories(dir.resolve("damaged"));
    for (int at = 0; at < file.length; at++) {
      int bit = 1 << (at % 8);
      if (bit == WalFormat.ZSTD && compression == WalCompression.ZSTD && isFragment(file, at)) {
        // The format's own gap: no checksum covers the bit that says "compressed by zstd".
        continue;
      }
      byte[] copy = file.clone();
      copy[at] ^= (byte) bit;
      Files.write(damaged.resolve("00000000"), copy);
      List<byte[]> read = readRepairing(damaged);
      assertThat(read).containsExactly(records.subList(0, read.size()).toArray(byte[][]::new));
      assertThat(read.size()).isLessThan(records.size());
    }
  }

  private static boolean isFragment(byte[] file, int offset) {
    int at = 0;
    while (at < offset) {
      at += WalFormat.HEADER_SIZE + ((file[at + 1] & 0xFF) << 8) + (file[at + 2] & 0xFF);
    }
    return at == offset;
  }

  @Test
  void removesSegmentsBehindTheDamage() throws IOException {
    for (int i = 0; i < 3; i++) {
      write(dir, WalCompression.SNAPPY);
    }
    Path second = dir.resolve("00000001");
    byte[] bytes = Files.readAllBytes(second);
    bytes[100] ^= 1;
    Files.write(second, bytes);
    List<byte[]> read = readRepairing(dir);
    assertThat(SegmentDirectory.segments(dir)).containsExactly(0, 1);
    assertThat(read.size()).isBetween(RECORDS, 2 * RECORDS - 1);
  }
}
