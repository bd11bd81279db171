package io.narthex.storage.tsdb.internal.wal;

import io.narthex.storage.tsdb.internal.disk.Disk;
import io.narthex.storage.tsdb.internal.disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a damaged log back to its longest sound beginning: the damaged segment is cut after its
 * last sound record, later segments are removed. Cutting in place leaves what rewriting would.
 */
public final class WalRepair {

  private static final Logger log = LoggerFactory.getLogger(WalRepair.class);

  private WalRepair() {}

  public static void repair(Disk disk, Path dir, WalCorruptionException damage) throws IOException {
    log.atWarn().addKeyValue("err", damage.getMessage()).log("Starting corruption repair");
    int[] segments = SegmentDirectory.segments(dir);
    for (int i = segments.length - 1; i >= 0; i--) {
      int index = segments[i];
      if (index > damage.segment()) {
        log.atWarn()
            .addKeyValue("segment", index)
            .log("Deleting all segments newer than corrupted segment");
        disk.delete(SegmentDirectory.segment(dir, index));
        // One after the other, so that a crash of the machine leaves no gap.
        disk.forceDirectory(dir);
      }
    }
    Path file = SegmentDirectory.segment(dir, damage.segment());
    log.atWarn().addKeyValue("segment", file).log("Rewrite corrupted segment");
    try (DiskFile cut = disk.open(file)) {
      cut.truncate(damage.goodEnd());
      cut.force();
    }
    log.atWarn()
        .addKeyValue("segment", file)
        .addKeyValue("size", damage.goodEnd())
        .log("Successfully repaired WAL");
  }
}
