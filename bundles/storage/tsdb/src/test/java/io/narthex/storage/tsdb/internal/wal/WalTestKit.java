package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes and reads whole logs. */
final class WalTestKit {

  private WalTestKit() {}

  static RecordBatch batch(WalCompression compression, byte[]... records) {
    RecordBatch batch = new RecordBatch();
    RecordCompressor compressor = new RecordCompressor(compression);
    for (byte[] r : records) {
      compressor.add(batch, r, 0, r.length);
    }
    return batch;
  }

  static byte[] bytes(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  static List<byte[]> readAll(Path dir) throws IOException {
    List<byte[]> out = new ArrayList<>();
    for (int segment : SegmentDirectory.segments(dir)) {
      try (SegmentReader reader =
          new SegmentReader(Disk.SYSTEM, SegmentDirectory.segment(dir, segment), segment)) {
        while (reader.next()) {
          out.add(
              Arrays.copyOfRange(
                  reader.record(),
                  reader.recordOffset(),
                  reader.recordOffset() + reader.recordLength()));
        }
      }
    }
    return out;
  }
}
