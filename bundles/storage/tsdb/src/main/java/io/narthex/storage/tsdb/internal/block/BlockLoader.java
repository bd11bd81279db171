package io.narthex.storage.tsdb.internal.block;

import io.narthex.api.storage.StorageException;
import io.narthex.storage.tsdb.internal.disk.Disk;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the blocks of a data directory and opens those that are not open yet. */
public final class BlockLoader {

  private static final Logger log = LoggerFactory.getLogger(BlockLoader.class);

  /** What a block is called that is being deleted. */
  public static final String DELETION_SUFFIX = ".tmp-for-deletion";

  /** What a damaged block is called that was put aside. */
  public static final String QUARANTINE_SUFFIX = ".corrupt";

  private static final List<String> UNFINISHED =
      List.of(BlockWriter.CREATION_SUFFIX, DELETION_SUFFIX, ".tmp");

  private final Disk disk;
  private final Path data;

  public BlockLoader(Disk disk, Path data) {
    this.disk = disk;
    this.data = data;
  }

  /**
   * What was found.
   *
   * @param blocks that are open
   * @param superseded directories of blocks whose samples are in the blocks that were made of them
   * @param failed what could not be opened, with the reason
   */
  public record Found(List<Block> blocks, List<Path> superseded, Map<Path, IOException> failed) {}

  /** Removes what an end of the process left behind of blocks being written or deleted. */
  public void removeUnfinished() throws IOException {
    for (Path entry : disk.list(data)) {
      if (isUnfinished(String.valueOf(entry.getFileName()))) {
        log.atInfo().addKeyValue("dir", entry).log("Found and deleted tmp block dir");
        disk.deleteTree(entry);
      }
    }
  }

  private static boolean isUnfinished(String name) {
    for (String suffix : UNFINISHED) {
      if (name.endsWith(suffix)
          && Ulid.parse(name.substring(0, name.length() - suffix.length())) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Opens every block that is whole. One that a newer block was made of is left out; one without
   * meta data that can be read is passed over; one that is damaged is put aside under another name.
   *
   * @param open blocks that are open already, which are kept
   */
  public Found load(List<Block> open) throws IOException {
    Map<Ulid, Block> known = new LinkedHashMap<>();
    open.forEach(b -> known.put(b.meta().ulid(), b));
    Map<Path, BlockMeta> metas = new LinkedHashMap<>();
    Map<Path, IOException> failed = new LinkedHashMap<>();
    for (Path entry : disk.list(data)) {
      Ulid ulid = Ulid.parse(String.valueOf(entry.getFileName()));
      if (ulid != null && disk.isDirectory(entry)) {
        try {
          Block there = known.get(ulid);
          metas.put(entry, there == null ? MetaFile.read(entry) : there.meta());
        } catch (IOException e) {
          failed.put(entry, e);
          log.atError()
              .addKeyValue("dir", entry)
              .setCause(e)
              .log("Failed to read meta.json for a block during reload. Skipping");
        }
      }
    }
    return open(metas, known, failed);
  }

  private Found open(
      Map<Path, BlockMeta> metas, Map<Ulid, Block> known, Map<Path, IOException> failed) {
    List<Block> blocks = new ArrayList<>();
    Set<Ulid> parents = new HashSet<>();
    // Children before their parents: only a block that could be opened stands in for these.
    List<Map.Entry<Path, BlockMeta>> order = new ArrayList<>(metas.entrySet());
    order.sort((a, b) -> b.getValue().ulid().compareTo(a.getValue().ulid()));
    List<Path> superseded = new ArrayList<>();
    for (Map.Entry<Path, BlockMeta> e : order) {
      Path directory = e.getKey();
      if (parents.contains(e.getValue().ulid())) {
        superseded.add(directory);
        continue;
      }
      try {
        Block there = known.get(e.getValue().ulid());
        Block block = there == null ? Block.open(disk, directory) : there;
        blocks.add(block);
        block.meta().compaction().parents().forEach(p -> parents.add(p.ulid()));
      } catch (IOException failure) {
        failed.put(directory, failure);
        putAside(directory, failure);
      }
    }
    return new Found(List.copyOf(blocks), List.copyOf(superseded), Map.copyOf(failed));
  }

  /**
   * Deletes a block that nobody reads any more, such that nobody takes a part of it for a block.
   */
  public void delete(Path directory) throws IOException {
    Path going = directory.resolveSibling(directory.getFileName() + DELETION_SUFFIX);
    disk.deleteTree(going);
    disk.rename(directory, going);
    disk.forceDirectory(data);
    disk.deleteTree(going);
  }

  private void putAside(Path directory, IOException failure) {
    if (!isDamage(failure)) {
      log.atError()
          .addKeyValue("dir", directory)
          .setCause(failure)
          .log("Block could not be opened and is left out");
      return;
    }
    Path aside = directory.resolveSibling(directory.getFileName() + QUARANTINE_SUFFIX);
    try {
      disk.rename(directory, aside);
      disk.forceDirectory(data);
      log.atError()
          .addKeyValue("dir", directory)
          .addKeyValue("aside", aside)
          .setCause(failure)
          .log("corrupted block was put aside; its samples are missing until it is repaired");
    } catch (IOException e) {
      e.addSuppressed(failure);
      log.atError()
          .addKeyValue("dir", directory)
          .setCause(e)
          .log("corrupted block could not be put aside and is left out");
    }
  }

  /** Whether the files themselves are wrong, rather than the reading of them. */
  private static boolean isDamage(IOException e) {
    return e instanceof NoSuchFileException
        || (e instanceof StorageException s && s.kind() == StorageException.Kind.CORRUPT);
  }
}
