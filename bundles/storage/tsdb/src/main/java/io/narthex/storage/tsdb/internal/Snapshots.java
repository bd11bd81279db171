package io.narthex.storage.tsdb.internal;

import io.narthex.storage.tsdb.internal.block.Block;
import io.narthex.storage.tsdb.internal.block.BlockWriter;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes copies of a database: links to the files of its blocks, and a block of its head. */
final class Snapshots {

  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Disk disk;
  private final Path data;
  private final long segmentSize;
  private final InstantSource clock;
  private final RandomGenerator random;

  Snapshots(Disk disk, Path data, long segmentSize, InstantSource clock, RandomGenerator random) {
    this.disk = disk;
    this.data = data;
    this.segmentSize = segmentSize;
    this.clock = clock;
    this.random = random;
  }

  /** Adds what is in no block yet. */
  @FunctionalInterface
  interface HeadWriter {
    void write(BlockWriter to) throws IOException;
  }

  /** Makes a copy and gives its name; leaves nothing behind if that fails. */
  String make(List<Block> blocks, HeadWriter head) throws IOException {
    String name =
        NAME.format(clock.instant()) + "-" + HexFormat.of().toHexDigits(random.nextLong());
    Path all = data.resolve("snapshots");
    disk.createDirectories(all);
    Path copy = all.resolve(name);
    disk.createDirectory(copy);
    try {
      for (Block block : blocks) {
        log.atInfo().addKeyValue("block", block.meta().ulid()).log("Snapshotting block");
        link(block.directory(), copy.resolve(block.meta().ulid().toString()));
      }
      head.write(new BlockWriter(disk, copy, segmentSize));
      disk.forceDirectory(copy);
      disk.forceDirectory(all);
    } catch (IOException | RuntimeException e) {
      try {
        disk.deleteTree(copy);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
    return name;
  }

  /** Links all files below a directory; they are never changed, only replaced. */
  private void link(Path from, Path to) throws IOException {
    disk.createDirectory(to);
    for (Path entry : disk.list(from)) {
      Path name = to.resolve(String.valueOf(entry.getFileName()));
      if (disk.isDirectory(entry)) {
        link(entry, name);
      } else {
        disk.link(name, entry);
      }
    }
    disk.forceDirectory(to);
  }
}
