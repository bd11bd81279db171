package io.narthex.storage.tsdb.internal.wal;

import static io.narthex.storage.tsdb.internal.wal.WalTestKit.batch;
import static io.narthex.storage.tsdb.internal.wal.WalTestKit.bytes;
import static io.narthex.storage.tsdb.internal.wal.WalTestKit.readAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import io.narthex.storage.tsdb.internal.disk.ForwardingDisk;
import io.narthex.storage.tsdb.internal.disk.ForwardingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WalWriterTest {

  private static final int SMALL_SEGMENT = 4 * WalFormat.PAGE_SIZE;

  @TempDir Path dir;

  @Test
  void writesTheDocumentedBytes() throws IOException {
    try (WalWriter w =
        WalWriter.open(dir, WalFormat.DEFAULT_SEGMENT_SIZE, Disk.SYSTEM, WalMetrics.NONE)) {
      w.write(List.of(batch(WalCompression.NONE, bytes("123456789"))));
    }
    // CRC-32C of "123456789" is the check value of its definition: e3069283.
    assertThat(HexFormat.of().formatHex(Files.readAllBytes(dir.resolve("00000000"))))
        .isEqualTo("010009e3069283313233343536373839");
  }

  @Test
  void cutsARecordAtThePageAndPadsWhatNoHeaderFits() throws IOException {
    byte[] first = new byte[WalFormat.PAGE_SIZE - 2 * WalFormat.HEADER_SIZE - 10];
    byte[] second = new byte[20];
    byte[] third = new byte[WalFormat.PAGE_SIZE - 2 * WalFormat.HEADER_SIZE - 10 - 6];
    try (WalWriter w =
        WalWriter.open(dir, WalFormat.DEFAULT_SEGMENT_SIZE, Disk.SYSTEM, WalMetrics.NONE)) {
      w.write(List.of(batch(WalCompression.NONE, first, second)));
      w.write(List.of(batch(WalCompression.NONE, third)));
    }
    byte[] file = Files.readAllBytes(dir.resolve("00000000"));
    int at = first.length + WalFormat.HEADER_SIZE;
    assertThat(file[at]).isEqualTo((byte) WalFormat.FIRST);
    assertThat(file[at + 2]).isEqualTo((byte) 10);
    assertThat(file[WalFormat.PAGE_SIZE]).isEqualTo((byte) WalFormat.LAST);
    // Six bytes are left in the second page: padded.
    assertThat(file).hasSize(2 * WalFormat.PAGE_SIZE);
    assertThat(readAll(dir)).containsExactly(first, second, third);
  }

  @Test
  void writesAnEmptyFirstFragmentWhereOnlyAHeaderFits() throws IOException {
    byte[] first = new byte[WalFormat.PAGE_SIZE - 2 * WalFormat.HEADER_SIZE];
    try (WalWriter w =
        WalWriter.open(dir, WalFormat.DEFAULT_SEGMENT_SIZE, Disk.SYSTEM, WalMetrics.NONE)) {
      w.write(List.of(batch(WalCompression.NONE, first, bytes("x"))));
    }
    byte[] file = Files.readAllBytes(dir.resolve("00000000"));
    assertThat(file[WalFormat.PAGE_SIZE - WalFormat.HEADER_SIZE]).isEqualTo((byte) WalFormat.FIRST);
    assertThat(readAll(dir)).containsExactly(first, bytes("x"));
  }

  @ParameterizedTest
  @EnumSource(WalCompression.class)
  void readsBackWhatItWroteOverManySegments(WalCompression compression) throws IOException {
    Random random = new Random(7);
    List<byte[]> records = new ArrayList<>();
    try (WalWriter w = WalWriter.open(dir, SMALL_SEGMENT, Disk.SYSTEM, WalMetrics.NONE)) {
      for (int i = 0; i < 300; i++) {
        byte[] r = new byte[1 + random.nextInt(i % 50 == 0 ? 200_000 : 3_000)];
        for (int k = 0; k < r.length; k++) {
          r[k] = (byte) (random.nextInt(10) == 0 ? random.nextInt() : k >> 5);
        }
        records.add(r);
        w.write(List.of(batch(compression, r), batch(compression, bytes("r" + i))));
        records.add(bytes("r" + i));
      }
    }
    assertThat(readAll(dir)).containsExactly(records.toArray(byte[][]::new));
    assertThat(SegmentDirectory.segments(dir).length).isGreaterThan(2);
    for (int s : SegmentDirectory.segments(dir)) {
      long size = Files.size(SegmentDirectory.segment(dir, s));
      assertThat(s == SegmentDirectory.segments(dir).length - 1 || size % WalFormat.PAGE_SIZE == 0)
          .isTrue();
    }
  }

  @Test
  void beginsANewSegmentAtEveryOpening() throws IOException {
    for (int i = 0; i < 3; i++) {
      try (WalWriter w = WalWriter.open(dir, SMALL_SEGMENT, Disk.SYSTEM, WalMetrics.NONE)) {
        assertThat(w.segment()).isEqualTo(i);
        w.write(List.of(batch(WalCompression.SNAPPY, bytes("s" + i))));
      }
    }
    assertThat(readAll(dir)).containsExactly(bytes("s0"), bytes("s1"), bytes("s2"));
  }

  @Test
  void refusesALogWithAMissingSegment() throws IOException {
    Files.write(dir.resolve("00000001"), new byte[0]);
    Files.write(dir.resolve("00000003"), new byte[0]);
    assertThatThrownBy(() -> WalWriter.open(dir, SMALL_SEGMENT, Disk.SYSTEM, WalMetrics.NONE))
        .hasMessageContaining("segments are not sequential");
  }

  /** Fails the write number {@code failAt} after half of its bytes. */
  private static final class Failing extends ForwardingDisk {
    int failAt = Integer.MAX_VALUE;
    boolean failTruncate;
    int writes;

    Failing() {
      super(Disk.SYSTEM);
    }

    @Override
    public DiskFile create(Path path) throws IOException {
      return new ForwardingFile(super.create(path)) {
        @Override
        public void write(byte[] data, int offset, int length, long position) throws IOException {
          if (writes++ == failAt) {
            super.write(data, offset, length / 2, position);
            throw new IOException("No space left on device");
          }
          super.write(data, offset, length, position);
        }

        @Override
        public void truncate(long size) throws IOException {
          if (failTruncate) {
            throw new IOException("Input/output error");
          }
          super.truncate(size);
        }
      };
    }
  }

  @Test
  void leavesNothingOfAFailedWriteAndRecovers() throws IOException {
    // Large records, so that failures meet page borders, flushes within a write and new segments.
    byte[] big = new byte[3 * WalFormat.PAGE_SIZE];
    new Random(3).nextBytes(big);
    for (int failAt = 0; failAt < 12; failAt++) {
      Path each = dir.resolve("f" + failAt);
      Failing files = new Failing();
      files.failAt = failAt;
      List<byte[]> kept = new ArrayList<>();
      try (WalWriter w = WalWriter.open(each, SMALL_SEGMENT, files, WalMetrics.NONE)) {
        for (int i = 0; i < 8; i++) {
          try {
            byte[] small = bytes("after " + i);
            w.write(List.of(batch(WalCompression.NONE, big, small, big)));
            kept.add(big);
            kept.add(small);
            kept.add(big);
          } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
          }
        }
      }
      assertThat(kept).hasSize(21);
      assertThat(readAll(each)).containsExactly(kept.toArray(byte[][]::new));
    }
  }

  @Test
  void writesNothingBehindATornRecordThatCannotBeCutOff() throws IOException {
    Failing files = new Failing();
    try (WalWriter w = WalWriter.open(dir, SMALL_SEGMENT, files, WalMetrics.NONE)) {
      w.write(List.of(batch(WalCompression.NONE, bytes("one"))));
      files.failAt = files.writes;
      files.failTruncate = true;
      assertThatThrownBy(() -> w.write(List.of(batch(WalCompression.NONE, bytes("two")))))
          .hasMessageContaining("No space");
      assertThatThrownBy(() -> w.write(List.of(batch(WalCompression.NONE, bytes("three")))))
          .hasMessageContaining("Input/output");
      files.failTruncate = false;
      w.write(List.of(batch(WalCompression.NONE, bytes("four"))));
    }
    assertThat(readAll(dir)).containsExactly(bytes("one"), bytes("four"));
  }
}
